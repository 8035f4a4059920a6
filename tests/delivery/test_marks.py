"""One mark of a key is enough in a transaction, and none is lost with a savepoint."""

from __future__ import annotations

import pytest
from django.db import transaction

from cms.delivery.drain import drain_all, drain_own
from cms.delivery.marking import mark
from cms.delivery.models import Mark

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_marked(db: None) -> None:
    drain_all()
    assert not Mark.objects.exists()


def marks() -> list[tuple[str, str]]:
    return list(Mark.objects.order_by("pk").values_list("key", "locale"))


def test_a_key_is_marked_once_in_a_transaction() -> None:
    mark("row:a", "row:b")
    mark("row:b", own="row:c", locale="it")
    with transaction.atomic():
        mark("row:a", "row:c", own="row:c", locale="it")
    assert marks() == [("row:a", ""), ("row:b", ""), ("row:c", "it"), ("row:c", "")]


def test_what_a_savepoint_lost_is_marked_again() -> None:
    with pytest.raises(LookupError), transaction.atomic():
        mark("row:a")
        with transaction.atomic():
            mark("row:b")
        raise LookupError
    assert marks() == []
    mark("row:a", "row:b")
    assert marks() == [("row:a", ""), ("row:b", "")]


def test_a_savepoint_that_is_kept_keeps_its_marks() -> None:
    with transaction.atomic():
        mark("row:a")
    mark("row:a")
    assert marks() == [("row:a", "")]


@pytest.mark.parametrize("drained", [drain_all, drain_own])
def test_what_was_drained_is_marked_again(drained: object) -> None:
    mark("row:a", own="row:b", locale="it")
    assert callable(drained)
    drained()
    mark("row:a", own="row:b", locale="it")
    assert ("row:b", "it") in marks()
    assert ("row:a", "") in marks()
