"""Front-end caches are told of what changed, by the worker."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.contrib.frontend_cache.backends import BaseBackend

from centres.models import CentrePage
from cms.delivery.drain import drain_all, drain_own
from cms.delivery.follow_up import follow_up
from cms.delivery.models import PurgeRequest

BASE = "http://localhost"
purged: list[str] = []


class RecordingBackend(BaseBackend):
    """Notes what Wagtail asks it to purge."""

    def purge(self, url: str) -> None:
        purged.append(url)


@pytest.fixture
def cache(db: None, settings: Any) -> Any:
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.delivery.test_purge.RecordingBackend"}
    }
    purged.clear()
    return settings


def _publish(**fields: str) -> CentrePage:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    for name, value in fields.items():
        setattr(centre, name, value)
    centre.save_revision().publish()
    return centre


def _paths() -> set[str]:
    return {"/" + url.split("/", 3)[3] for url in purged}


def test_worker_purges_what_an_editor_changed(cache: Any) -> None:
    centre = _publish(summary="New words")
    drain_own()
    assert purged == []
    drain_all()
    assert purged == []
    follow_up()
    item = f"/api/v1/centres/{centre.translation_key}"
    assert {
        "/api/v1/centres",
        "/api/v1/centres?locale=it",
        item,
        f"{item}?locale=it",
        "/it/centri-per-le-famiglie/saronno/",
    } <= _paths()
    assert PurgeRequest.objects.count() == 0
    purged.clear()
    follow_up()
    assert purged == []


def test_moved_page_is_purged_at_both_addresses(cache: Any) -> None:
    _publish(slug="saronno-centro")
    drain_all()
    follow_up()
    assert {
        "/it/centri-per-le-famiglie/saronno/",
        "/it/centri-per-le-famiglie/saronno-centro/",
    } <= _paths()


def test_withdrawn_page_is_purged_where_it_was(cache: Any) -> None:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    centre.unpublish()
    drain_all()
    follow_up()
    assert "/it/centri-per-le-famiglie/saronno/" in _paths()
    assert f"/api/v1/centres/{centre.translation_key}" in _paths()


def test_nothing_is_noted_where_there_is_no_cache(cache: Any) -> None:
    del cache.WAGTAILFRONTENDCACHE
    _publish(summary="New words")
    drain_all()
    assert PurgeRequest.objects.count() == 0


def test_save_that_changes_nothing_purges_nothing(cache: Any) -> None:
    drain_all()
    follow_up()
    purged.clear()
    CentrePage.objects.get(slug="saronno", locale__language_code="it").save()
    drain_all()
    follow_up()
    assert purged == []
