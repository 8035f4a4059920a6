"""A database of its own for each test, on SQLite and PostgreSQL, and a crowd that uses it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.concurrency.crowd import Crowd
from tests.processes import environment, manage


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def env(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'feed.sqlite3'}"
        if request.param == "postgres":
            url = stack.enter_context(_postgres_database())
        env = environment(url, tmp_path)
        env["DJANGO_SETTINGS_MODULE"] = "tests.concurrency.settings"
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "load_demo")
        yield env


@contextmanager
def _postgres_database() -> Iterator[str]:
    import psycopg

    name = f"family_centres_feed_{os.getpid()}"
    server = "postgres://postgres@127.0.0.1:5432"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def crowd(env: dict[str, str], tmp_path: Path) -> Iterator[Crowd]:
    crowd = Crowd(env, tmp_path)
    yield crowd
    crowd.end()
