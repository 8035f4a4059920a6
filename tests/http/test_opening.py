"""What is open, asked at times of the stored weeks, against the rules that editors wrote."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from centres.blocks.hours import hours_rules
from centres.hours import open_intervals
from centres.models import CentrePage, SeatStatus
from cms.delivery.intervals import HORIZON, roll
from cms.delivery.models import Feed
from cms.delivery.opening import ZONE
from cms.delivery.verification import discrepancies
from cms.http.openapi.breaking_changes import resolve
from cms.partial_dates import PartialDate
from tests.editing import (
    EVERY_DAY,
    change,
    change_seats,
    closure,
    italian_centres,
    monthly,
    weekly,
)
from tests.http.test_filters import ids
from tests.reading import Reader

START = date(2026, 12, 20)
NINE, NOON, THREE, SIX = time(9), time(12), time(15), time(18)


@pytest.fixture
def centres(db: None) -> list[CentrePage]:
    """Centres with hours of their own, of seats with validity, of a telephone; one is closed."""
    pages = [page for page in italian_centres() if page.seats.exists()]
    first, second, third, fourth, *_others = pages
    for page in pages:
        change_seats(page, hours=[])
    change(first, hours=[weekly(EVERY_DAY, NINE, SIX), closure(date(2027, 1, 4), date(2027, 1, 8))])
    change(second, hours=[weekly(EVERY_DAY, NINE, SIX, "telephone")])
    change_seats(
        second,
        hours=[weekly(["TU", "FR"], NINE, NOON), monthly([1, -1], "MO", THREE, SIX)],
        status=SeatStatus.TEMPORARY,
        valid_from=PartialDate(2027, 1),
        valid_to=PartialDate(2027, 1, 22),
    )
    change_seats(third, hours=[weekly(EVERY_DAY, NINE, SIX)], status=SeatStatus.PLANNED)
    change(fourth, hours=[weekly(EVERY_DAY, NINE, SIX)], status="closed", alert="Closed.")
    roll(START)
    assert discrepancies() == []
    return [CentrePage.objects.get(pk=page.pk) for page in (first, second, third, fourth)]


def is_open(page: CentrePage, moment: datetime) -> bool:
    """Compute from what editors wrote whether the desk of a centre is open."""
    if page.status != "open":
        return False
    streams: list[tuple[Any, Any, Any]] = [(page.hours, None, None)]
    streams += [
        (seat.hours, seat.valid_from, seat.valid_to)
        for seat in page.seats.all()
        if seat.status in (SeatStatus.ACTIVE, SeatStatus.TEMPORARY)
    ]
    day = moment.astimezone(ZONE).date()
    return any(
        opens <= moment < closes
        for stream, start, end in streams
        if (not start or start.first_day <= day) and (not end or day <= end.last_day)
        for opens, closes in open_intervals(hours_rules(stream), day, 1)
    )


def at(moment: datetime) -> str:
    return f"open_at={quote(moment.isoformat())}"


def test_open_at_equals_what_the_rules_say(reader: Reader, centres: list[CentrePage]) -> None:
    counts = set()
    pages = italian_centres()
    for day in range(HORIZON.days):
        for hour, minute in ((8, 59), (9, 0), (11, 59), (12, 0), (15, 30), (18, 0)):
            moment = datetime.combine(START, time(hour, minute), tzinfo=ZONE) + timedelta(days=day)
            expected = {str(page.translation_key) for page in pages if is_open(page, moment)}
            assert set(ids(reader, at(moment))) == expected, moment
            counts.add(len(expected))
    assert {0, 1, 2} <= counts


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("2026-12-24T10:00:00+01:00", True),
        ("2026-12-25T10:00:00+01:00", False),
        ("2026-12-26T10:00:00+01:00", False),
        ("2026-12-27T10:00:00+01:00", True),
        ("2027-01-01T10:00:00+01:00", False),
        ("2027-01-02T10:00:00+01:00", True),
        ("2027-01-04T10:00:00+01:00", False),
        ("2027-01-08T17:59:59Z", False),
        ("2027-01-09T08:00:00Z", True),
        ("2027-01-09T07:59:59Z", False),
        ("2027-01-09T16:59:59Z", True),
        ("2027-01-09T17:00:00Z", False),
        ("2027-01-09T03:30:00-05:00", True),
    ],
)
def test_holidays_closures_and_offsets(
    reader: Reader, centres: list[CentrePage], moment: str, number: bool
) -> None:
    first = str(centres[0].translation_key)
    assert (first in ids(reader, f"open_at={quote(moment)}")) is number


def test_telephone_planned_seats_and_closed_centres_open_nothing(
    reader: Reader, centres: list[CentrePage]
) -> None:
    _first, second, third, fourth = (str(page.translation_key) for page in centres)
    sunday = ids(reader, at(datetime(2027, 1, 10, 10, tzinfo=ZONE)))
    assert sunday
    assert not {second, third, fourth} & set(sunday)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 12, 19, 23, 59, 59, tzinfo=ZONE), 400),
        (datetime(2026, 12, 20, 0, 0, tzinfo=ZONE), 200),
        (datetime(2027, 1, 30, 23, 59, 59, tzinfo=ZONE), 200),
        (datetime(2027, 1, 31, 0, 0, tzinfo=ZONE), 400),
    ],
)
def test_horizon(reader: Reader, moment: datetime, status: int) -> None:
    roll(START)
    response = reader.get(f"/api/v1/centres?{at(moment)}")
    assert response.status_code == status
    if status == 400:
        (error,) = response.json()["errors"]
        assert error["field"] == "open_at"
        assert "2026-12-20T00:00:00+01:00" in error["detail"]
        assert "2027-01-31T00:00:00+01:00" in error["detail"]


def test_nothing_is_told_before_anything_is_computed(reader: Reader) -> None:
    Feed.objects.update(intervals_from=None, intervals_until=None)
    response = reader.get(f"/api/v1/centres?{at(timezone.now())}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "open_at"
    late = reader.get("/api/v1/centres?open_now=true")
    assert late.status_code == 503
    assert late["Retry-After"] == "60"
    assert late["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("late", [HORIZON, HORIZON + timedelta(days=1), timedelta(days=-1)])
def test_open_now_is_not_answered_from_intervals_that_do_not_reach_now(
    reader: Reader, late: timedelta
) -> None:
    """As when the worker has stood still for the whole horizon."""
    roll(timezone.now().astimezone(ZONE).date() - late)
    response = reader.get("/api/v1/centres?open_now=true")
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("60", "no-store")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"] == "open_now"
    roll()
    assert reader.get("/api/v1/centres?open_now=true").status_code == 200


def test_document_says_that_opening_times_may_be_late(reader: Reader) -> None:
    document = reader.json("/api/v1/openapi.json")
    taking = [
        operation
        for methods in document["paths"].values()
        for operation in methods.values()
        for parameter in operation["parameters"]
        if parameter.get("name") == "open_now" and "503" in parameter["description"]
    ]
    assert len(taking) >= 4
    for operation in taking:
        response = resolve(document, operation["responses"]["503"])
        assert "Retry-After" in response["headers"]
        assert list(response["content"]) == ["application/problem+json"]


def test_open_now_is_open_at_this_minute(
    reader: Reader, centres: list[CentrePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the clock is set."""
    seen = {}
    for moment in (
        datetime(2027, 1, 12, 8, 59, 59, tzinfo=ZONE),
        datetime(2027, 1, 12, 9, 0, 0, tzinfo=ZONE),
        datetime(2027, 1, 12, 9, 0, 59, tzinfo=ZONE),
        datetime(2027, 1, 12, 9, 1, 0, tzinfo=ZONE),
    ):
        monkeypatch.setattr("cms.http.opening.timezone.now", lambda moment=moment: moment)
        response = reader.get("/api/v1/centres?open_now=true&limit=100&locale=it")
        assert response["Cache-Control"] == "public, max-age=60"
        found = [item["id"] for item in response.json()["items"]]
        assert set(found) == set(ids(reader, at(moment)))
        seen[moment] = (response["ETag"], found)
    (before, closed), (first, opened), (same, _), (later, still) = seen.values()
    assert not closed
    assert len(opened) == 2
    assert opened == still
    assert first == same
    assert len({before, first, later}) == 3


def test_open_now_by_the_real_clock(reader: Reader, db: None) -> None:
    page = change(italian_centres()[0], hours=[weekly(EVERY_DAY, time(0), time(23, 59))])
    roll()
    moments, found = [timezone.now()], ids(reader, "open_now=true")
    moments.append(timezone.now())
    expected = {is_open(page, moment) for moment in moments}
    assert (str(page.translation_key) in found) in expected
