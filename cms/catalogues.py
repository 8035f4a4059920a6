"""Compiles gettext catalogues with polib, so that a fresh machine needs no GNU gettext."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

APPS = ("cms", "home", "centres", "feedback")


def sources(root: Path) -> list[Path]:
    """Return the catalogues of all apps below *root*."""
    return sorted(path for app in APPS for path in (root / app).glob("locale/*/LC_MESSAGES/*.po"))


def compile_all(root: Path) -> int:
    """Write the ``.mo`` beside each ``.po`` that is newer; return how many were written."""
    written = 0
    for source in sources(root):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


def gaps(root: Path) -> list[str]:
    """Return the messages that a catalogue leaves untranslated, fuzzy or obsolete."""
    found = []
    for source in sources(root):
        catalogue = polib.pofile(str(source))
        for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]:
            found.append(f"{source.relative_to(root)}: {entry.msgid!r}")
    return found


def unextracted(root: Path) -> list[str]:
    """Return the messages that the sources hold and a catalogue lacks. Needs GNU gettext."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for app in APPS:
            copy = Path(folder) / app
            shutil.copytree(root / app, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
            languages = [path.parent.parent.name for path in sources(root) if app in path.parts]
            arguments = [f"--locale={language}" for language in languages]
            subprocess.run(  # noqa: S603 (our own arguments)
                [sys.executable, "-m", "django", "makemessages", "--no-obsolete", *arguments],
                cwd=copy,
                check=True,
                capture_output=True,
            )
            for language in languages:
                place = Path(app) / "locale" / language / "LC_MESSAGES" / "django.po"
                fresh, kept = (_messages(base / place) for base in (Path(folder), root))
                found += [f"{place}: {message!r}" for message in sorted(fresh - kept)]
    return found


def _messages(path: Path) -> set[tuple[str, str]]:
    return {
        (entry.msgctxt or "", entry.msgid)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    compile_all(root)
    if "--check" not in sys.argv:
        return
    missing = gaps(root)
    if shutil.which("xgettext"):
        missing += unextracted(root)
    else:
        sys.stdout.write("GNU gettext is missing: nothing was looked for in the sources.\n")
    if missing:
        sys.exit("\n".join(missing))


if __name__ == "__main__":
    main()
