"""Processes that work on a database with the demonstration content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections

from tests.loaded_database import copy_to
from tests.processes import environment, manage
from tests.separate_databases import KINDS, separate_database


@pytest.fixture(scope="session", params=KINDS)
def env(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of processes that share a database with the demonstration content."""
    folder = tmp_path_factory.mktemp("processes")
    with separate_database(request.param, "processes", folder) as url:
        env = environment(url, folder)
        if request.param != "sqlite" or not copy_to(folder / "processes.sqlite3"):
            manage(env, "migrate", "--verbosity", "0")
            manage(env, "load_demo")
        yield env
    connections.close_all()
