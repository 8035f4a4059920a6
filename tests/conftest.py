"""The demonstration content is loaded once per database; every test runs in a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from cms.delivery.drain import drain_all
from tests.editor import Editor
from tests.reading import Reader


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
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


@pytest.fixture
def editor(db: None) -> Editor:
    """Somebody who writes in the admin."""
    return Editor(Client(HTTP_HOST="127.0.0.1"))
