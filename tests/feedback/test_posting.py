"""A request that is repeated does its work once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.http.problems import ProblemError
from cms.http.rate_limits import _counter
from feedback.kept_answers import KEPT_FOR, KeptAnswer, forget_answers
from feedback.posting import HEADER, admitted, answer_once, idempotency_key

KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


class Work:
    """Counts how often it is done, and answers with the count."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> dict[str, Any]:
        self.done += 1
        return {"number": self.done, "text": "è"}


def test_same_key_and_body_is_answered_as_the_first_time(db: None) -> None:
    work = Work()
    first = answer_once("things", KEY, "body", work)
    assert answer_once("things", KEY, "body", work) == first == {"number": 1, "text": "è"}
    assert work.done == 1


def test_other_operation_other_key_or_no_key_is_other_work(db: None) -> None:
    work = Work()
    for operation, key in [("things", KEY), ("others", KEY), ("things", KEY[::-1])]:
        answer_once(operation, key, "body", work)
    answer_once("things", "", "body", work)
    answer_once("things", "", "body", work)
    assert work.done == 5
    assert KeptAnswer.objects.count() == 3


def test_same_key_with_another_body_is_refused_by_name(db: None) -> None:
    answer_once("things", KEY, "body", Work())
    with pytest.raises(ProblemError) as raised:
        answer_once("things", KEY, "other", Work())
    assert raised.value.status == 422
    assert list(raised.value.errors) == [HEADER]


def test_key_of_work_that_failed_may_be_used_again(db: None) -> None:
    def fail() -> dict[str, Any]:
        raise ProblemError(422, "No.")

    with pytest.raises(ProblemError):
        answer_once("things", KEY, "body", fail)
    assert not KeptAnswer.objects.exists()
    assert answer_once("things", KEY, "body", Work())["number"] == 1


def test_neither_key_nor_body_is_stored(db: None) -> None:
    answer_once("things", KEY, "body of a kind", Work())
    kept = KeptAnswer.objects.get()
    assert KEY not in f"{kept.name}{kept.digest}"
    assert "body" not in f"{kept.name}{kept.digest}{kept.answer}"


def test_keys_are_forgotten_after_a_day(db: None) -> None:
    answer_once("things", KEY, "body", Work())
    assert forget_answers() == 0
    KeptAnswer.objects.update(created=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    assert forget_answers() == 1


@pytest.mark.parametrize("value", ["short", "x" * 101, "has spaces in it all", "ünïcödé-" * 3, ""])
def test_key_that_is_none_is_refused_by_name(rf: Any, value: str) -> None:
    with pytest.raises(ProblemError) as raised:
        idempotency_key(rf.post("/", headers={HEADER: value}))
    assert (raised.value.status, list(raised.value.errors)) == (400, [HEADER])


@pytest.mark.parametrize("value", [KEY, f'"{KEY}"'])
def test_key_may_stand_in_quotation_marks(rf: Any, value: str) -> None:
    assert idempotency_key(rf.post("/", headers={HEADER: value})) == KEY
    assert idempotency_key(rf.post("/")) == ""


def test_what_is_sent_in_has_a_limit_of_its_own(rf: Any, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.FAMILY_CENTRES = {"RATE_LIMIT": "1/day", "POST_RATE_LIMIT": "2/day"}
    _counter.cache_clear()
    for _time in range(2):
        admitted(rf.post("/"))
    with pytest.raises(ProblemError) as raised:
        admitted(rf.post("/"))
    assert raised.value.status == 429
    assert raised.value.headers["X-RateLimit-Limit"] == "2"
    assert int(raised.value.headers["Retry-After"]) > 0
    admitted(rf.post("/", REMOTE_ADDR="192.0.2.9"))
    _counter.cache_clear()
