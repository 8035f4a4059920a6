"""The migrated and loaded SQLite database of the tests, kept between runs and shared by workers.

Migrating and loading the demonstration takes longer than most test modules. The copy is named by a
digest of everything that has a part in it; where one of these files changes, it is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.processes import ROOT

FOLDER = ROOT / "var" / "test-databases"
PARTS = ("cms", "home", "centres", "feedback")
WITHOUT = (
    "cms/http",
    "centres/api",
    "feedback/ratings",
    "feedback/reports",
    "feedback/locale",
    "/templates",
    "/static",
)
SUFFIXES = {".py", ".json", ".csv", ".po"}


def digest() -> str:
    """Return the digest of the sources, the data and the libraries that make the database."""
    files = [ROOT / "requirements.lock"]
    files += (path for part in PARTS for path in (ROOT / part).rglob("*"))
    found = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in SUFFIXES | {".lock"} and not any(part in name for part in WITHOUT):
            found.update(name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:24]


def copy_to(path: Path) -> bool:
    """Copy the kept database to *path* for processes of their own; return whether there was one."""
    copy = FOLDER / f"{digest()}.sqlite3"
    with _locked():
        if copy.exists():
            shutil.copyfile(copy, path)
            return True
    return False


def restore_or_make(make: Callable[[], None]) -> None:
    """Fill the connected, empty database from the kept copy; *make* it and keep it otherwise."""
    copy = FOLDER / f"{digest()}.sqlite3"
    with _locked():
        if not copy.exists():
            make()
            _keep(copy)
            return
    with sqlite3.connect(f"file:{copy}?mode=ro", uri=True) as source:
        source.backup(connection.connection)


def _keep(copy: Path) -> None:
    for older in FOLDER.glob("*.sqlite3"):
        older.unlink()
    unfinished = copy.with_suffix(".part")
    with sqlite3.connect(unfinished) as target:
        connection.connection.backup(target)
    unfinished.rename(copy)


@contextmanager
def _locked() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
