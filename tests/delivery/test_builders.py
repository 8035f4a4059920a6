"""A deploy with other builders builds every entry anew, and only what differs is a change."""

from __future__ import annotations

import pytest

import cms
from cms.delivery.builders import rebuild_after_deploy
from cms.delivery.drain import all_targets, drain_all
from cms.delivery.models import Entry, Feed, Pending


def test_the_same_builders_build_once(db: None) -> None:
    rebuild_after_deploy()
    drain_all()
    assert rebuild_after_deploy() == 0
    assert not Pending.objects.exists()


def test_other_builders_build_everything_anew(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild_after_deploy()
    drain_all()
    stale = Entry.objects.filter(resource="centres", locale="it", deleted=False).first()
    assert stale is not None
    Entry.objects.filter(pk=stale.pk).update(document="{}", content_hash="of an older builder")
    head = Feed.objects.get().head
    monkeypatch.setattr(cms, "__version__", "0.2.0")
    assert rebuild_after_deploy() == len(all_targets()) > 100
    drain_all()
    assert Feed.objects.get().head == head + 1
    stale.refresh_from_db()
    assert stale.sequence == head + 1
    assert '"seats"' in stale.document
