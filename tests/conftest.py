"""The demonstration content is loaded once per database; every test runs in a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from cms.delivery.drain import drain_all
from tests.loaded_database import restore_or_make
from tests.reading import Reader


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
def _site_root_cache() -> Iterator[None]:
    """Wagtail keeps site roots in the cache, which a rollback does not undo."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader(Client(HTTP_HOST="127.0.0.1"))
