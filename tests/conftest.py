"""The demonstration content is loaded once per database; every test runs in a transaction."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from cms import content_languages
from cms.delivery.drain import drain_all
from tests.editor import Editor
from tests.loaded_database import restore_or_make
from tests.reading import Reader


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the answers of the API that are kept in tests/http/golden anew",
    )
    parser.addoption(
        "--renew-screenshots",
        action="store_true",
        help="take the pictures of the guides in docs anew",
    )


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """On SQLite the database comes from a kept copy, elsewhere it is migrated and loaded."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = connection.creation._get_test_db_name()
            connection.close()
            connection.settings_dict["NAME"] = name
            connection.ensure_connection()
            restore_or_make(_migrate_and_load)
            created = None
        else:
            created = setup_databases(verbosity=0, interactive=False)
            _load()
        # Counted queries: no test is the one that reads the locales again.
        content_languages.KEPT_FOR = math.inf
        content_languages.served(anew=True)
    yield
    if created is not None:
        with django_db_blocker.unblock():
            teardown_databases(created, verbosity=0)


def _migrate_and_load() -> None:
    call_command("migrate", verbosity=0)
    _load()


def _load() -> None:
    call_command("load_demo", verbosity=0)
    drain_all()


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """A rollback undoes no site root in the cache, no language of a page, no known locale."""
    from django.core.cache import cache

    cache.clear()
    served = content_languages._kept
    yield
    content_languages._kept = served
    cache.clear()
    translation.deactivate()


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader(Client(HTTP_HOST="127.0.0.1"))


@pytest.fixture
def editor(db: None) -> Editor:
    """Somebody who writes in the admin."""
    return Editor(Client(HTTP_HOST="127.0.0.1"))
