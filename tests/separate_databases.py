"""A database of its own for real processes, apart from the one that tests roll back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVER = "postgres://postgres@127.0.0.1:5432"
KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
"""Parameters of a fixture that wants a database of each kind."""


@contextmanager
def separate_database(kind: str, purpose: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database, a file in *folder* or one on the server.

    *purpose* and the process name it, so that test runs do not meet. It is gone afterwards, whoever
    is still connected.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{purpose}.sqlite3'}"
        return
    import psycopg

    name = f"family_centres_{purpose}_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{SERVER}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
