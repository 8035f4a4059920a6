"""A database of its own for each test, on SQLite and PostgreSQL, and a crowd that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concurrency.crowd import Crowd
from tests.loaded_database import copy_to
from tests.processes import environment, manage
from tests.separate_databases import KINDS, separate_database


@pytest.fixture(params=KINDS)
def env(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    with separate_database(request.param, "feed", tmp_path) as url:
        env = environment(url, tmp_path)
        env["DJANGO_SETTINGS_MODULE"] = "tests.concurrency.settings"
        if request.param != "sqlite" or not copy_to(tmp_path / "feed.sqlite3"):
            manage(env, "migrate", "--verbosity", "0")
            manage(env, "load_demo")
        yield env


@pytest.fixture
def crowd(env: dict[str, str], tmp_path: Path) -> Iterator[Crowd]:
    crowd = Crowd(env, tmp_path)
    yield crowd
    crowd.end()
