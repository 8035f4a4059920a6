"""Rolling forward gives what computing from nothing gives; holidays, closures and clocks hold."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from cms.delivery.intervals import HORIZON, horizon, roll, store_intervals
from cms.delivery.models import Feed, OpeningInterval, OpeningRule
from cms.delivery.opening import ZONE, open_between

START = date(2027, 3, 1)
EXPRESSIONS = (
    "Mo-Su 09:00-18:00; 2027 Apr 10-2027 Apr 12 off; PH off",
    "Tu,Fr 09:00-12:00, Mo[1] 15:00-18:00, Mo[-1] 15:00-18:00; PH off",
    "Mo-Su 00:00-24:00",
    "Sa 22:00-26:00; PH off",
)

Row = tuple[object, ...]


def rows() -> list[Row]:
    found = OpeningInterval.objects.values_list("resource", "public_id", "opens", "closes")
    return sorted(found)


def forget() -> None:
    OpeningInterval.objects.all().delete()
    Feed.objects.update(intervals_from=None, intervals_until=None)


@pytest.fixture
def rules(db: None) -> list[OpeningRule]:
    made = []
    for number, expression in enumerate(EXPRESSIONS):
        for first, last in ((None, None), (date(2027, 3, 20), date(2027, 4, 20))):
            rule = OpeningRule(
                resource="centres",
                public_id=uuid.UUID(int=number),
                expression=expression,
                valid_from=first,
                valid_to=last,
            )
            if first is None or number % 2:
                rule.save()
                made.append(rule)
    return made


def test_rolling_day_by_day_equals_computing_from_nothing(rules: list[OpeningRule]) -> None:
    """Over the change of clocks (28 March), Easter Monday, Liberation Day and a closure."""
    forget()
    rolled = {}
    for day in range(70):
        assert roll(START + timedelta(days=day)) is True
        assert roll(START + timedelta(days=day)) is False
        rolled[day] = rows()
    for day in (0, 1, 26, 27, 28, 45, 69):
        forget()
        roll(START + timedelta(days=day))
        assert rows() == rolled[day], day
        assert horizon() == (START + timedelta(days=day), START + timedelta(days=day) + HORIZON)
    assert rolled[0] != rolled[69]
    assert rolled[69]


@pytest.mark.parametrize("days", [2, 5, 41, 42, 43, 100, -1, -50])
def test_rolling_over_a_gap_and_back(rules: list[OpeningRule], days: int) -> None:
    forget()
    roll(START)
    roll(START + timedelta(days=days))
    jumped = rows()
    forget()
    roll(START + timedelta(days=days))
    assert rows() == jumped


def test_a_new_rule_gets_the_stored_days_only(rules: list[OpeningRule]) -> None:
    forget()
    roll(START)
    whole = rows()
    for rule in rules:
        store_intervals(rule.resource, rule.public_id)
    assert rows() == whole


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2027, 1, 6),
        date(2027, 3, 29),
        date(2027, 4, 25),
        date(2027, 5, 1),
        date(2027, 6, 2),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 12, 8),
        date(2027, 12, 25),
        date(2027, 12, 26),
        date(2028, 4, 17),
    ],
)
def test_public_holidays_are_closed(day: date) -> None:
    def hours(of: date) -> int:
        return len(list(open_between("Mo-Su 09:00-12:00; PH off", of, of + timedelta(days=1))))

    assert hours(day) == 0
    assert hours(day + timedelta(days=3)) == 1


def test_clocks_change_and_the_desk_opens_at_nine(rules: list[OpeningRule]) -> None:
    found = list(open_between(EXPRESSIONS[0], date(2026, 3, 28), date(2026, 3, 30)))
    assert [opens.astimezone(ZONE).hour for opens, _closes in found] == [9, 9]
    assert [opens.utcoffset() for opens, _closes in found] == [
        timedelta(hours=1),
        timedelta(hours=2),
    ]


def test_intervals_are_cut_at_midnight() -> None:
    found = list(open_between("Mo-Su 00:00-24:00", date(2027, 3, 27), date(2027, 3, 30)))
    lengths = [closes.timestamp() - opens.timestamp() for opens, closes in found]
    assert lengths == [24 * 3600, 23 * 3600, 24 * 3600]
