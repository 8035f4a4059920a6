"""A database for real processes, apart from the one that tests roll back."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connections

from tests.loaded_database import copy_to
from tests.processes import environment, manage


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def env(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of processes that share a database with the demonstration content."""
    tmp_path = tmp_path_factory.mktemp("processes")
    if request.param == "sqlite":
        path = tmp_path / "processes.sqlite3"
        env = environment(f"sqlite:///{path}", tmp_path)
        if not copy_to(path):
            manage(env, "migrate", "--verbosity", "0")
            manage(env, "load_demo")
        yield env
        return
    import psycopg

    name = f"family_centres_processes_{os.getpid()}"
    server = "postgres://postgres@127.0.0.1:5432"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
        env = environment(f"{server}/{name}", tmp_path)
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "load_demo")
        yield env
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connections.close_all()
