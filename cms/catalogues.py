"""Compiles gettext catalogues with polib, so that a fresh machine needs no GNU gettext."""

from __future__ import annotations

import sys
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


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parent.parent)
    if "--check" in sys.argv and (missing := gaps(Path(__file__).resolve().parent.parent)):
        sys.exit("\n".join(missing))
