"""Hours: validation, words, exports and intervals from one model."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from centres.hours import (
    ByAppointment,
    Closure,
    HoursKind,
    HoursRule,
    MonthlyHours,
    Weekday,
    WeeklyHours,
    days_in_words,
    open_intervals,
    osm_opening_hours,
    recurrence_rules,
    rule_in_words,
    schema_org_hours,
    validate,
)
from cms.delivery.opening import ZONE as ROME

DESK = HoursKind.DESK
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, _SATURDAY, SUNDAY = Weekday
NINE, TEN, NOON, THREE = time(9), time(10), time(12), time(15)


def weekly(days: tuple[Weekday, ...], opens: time | None, closes: time | None) -> WeeklyHours:
    return WeeklyHours(DESK, days, opens, closes)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([weekly((MONDAY,), NINE, NOON)], []),
        ([weekly((MONDAY,), NOON, NINE)], [(0, "closes", "ends_first")]),
        ([weekly((MONDAY,), NINE, NINE)], [(0, "closes", "ends_first")]),
        ([weekly((MONDAY,), NINE, None)], [(0, "closes", "half")]),
        ([weekly((MONDAY,), None, NINE)], [(0, "opens", "half")]),
        ([weekly((MONDAY,), NINE, NOON), weekly((MONDAY,), NOON, THREE)], []),
        (
            [weekly((MONDAY, FRIDAY), NINE, NOON), weekly((FRIDAY,), TEN, THREE)],
            [(1, "opens", "overlap")],
        ),
        (
            [
                weekly((MONDAY,), NINE, NOON),
                WeeklyHours(HoursKind.TELEPHONE, (MONDAY,), NINE, NOON),
            ],
            [],
        ),
        (
            [weekly((TUESDAY,), NINE, NOON), MonthlyHours(DESK, (2,), TUESDAY, TEN, THREE)],
            [(1, "opens", "overlap")],
        ),
        (
            [
                MonthlyHours(DESK, (1, 3), TUESDAY, NINE, NOON),
                MonthlyHours(DESK, (2, 4), TUESDAY, NINE, NOON),
            ],
            [],
        ),
        (
            [
                MonthlyHours(DESK, (4,), TUESDAY, NINE, NOON),
                MonthlyHours(DESK, (-1,), TUESDAY, NINE, NOON),
            ],
            [(1, "opens", "overlap")],
        ),
        ([Closure(date(2026, 8, 16), date(2026, 8, 15))], [(0, "last", "ends_first")]),
        ([Closure(date(2026, 8, 15), date(2026, 8, 15)), ByAppointment(DESK)], []),
    ],
)
def test_validate(rules: list[HoursRule], expected: list[tuple[int, str, str]]) -> None:
    assert [(item.index, item.field, item.code) for item in validate(rules)] == expected


@pytest.mark.parametrize(
    ("days", "it", "en"),
    [
        ((MONDAY,), "lunedì", "Monday"),
        ((FRIDAY, TUESDAY), "martedì e venerdì", "Tuesday and Friday"),
        ((MONDAY, TUESDAY, WEDNESDAY), "da lunedì a mercoledì", "Monday to Wednesday"),
        (
            (MONDAY, WEDNESDAY, FRIDAY),
            "lunedì, mercoledì e venerdì",
            "Monday, Wednesday and Friday",
        ),
    ],
)
def test_days_in_words(days: tuple[Weekday, ...], it: str, en: str) -> None:
    for language, words in (("it", it), ("en", en)):
        with override(language):
            assert days_in_words(days) == words


def test_monthly_and_closures_in_words() -> None:
    with override("it"):
        monthly = MonthlyHours(DESK, (2, 4), TUESDAY, NINE, NOON)
        assert rule_in_words(monthly) == "secondo e quarto martedì del mese"
        closed = Closure(date(2026, 8, 10), date(2026, 8, 21))
        assert rule_in_words(closed) == "chiuso dal 10 agosto 2026 al 21 agosto 2026"


RULES: list[HoursRule] = [
    weekly((TUESDAY,), THREE, time(18)),
    weekly((FRIDAY,), NINE, NOON),
    MonthlyHours(DESK, (-1,), MONDAY, NINE, TEN),
    Closure(date(2026, 11, 27), date(2026, 11, 28)),
]


def test_exports() -> None:
    assert osm_opening_hours(RULES) == (
        "Tu 15:00-18:00, Fr 09:00-12:00, Mo[-1] 09:00-10:00; 2026 Nov 27-2026 Nov 28 off; PH off"
    )
    assert recurrence_rules(RULES) == [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=-1MO",
    ]
    assert [item["opens"] for item in schema_org_hours(RULES)] == ["15:00", "09:00"]


def test_intervals_know_closures_and_italian_holidays() -> None:
    found = open_intervals(RULES, date(2026, 11, 24), 21)
    starts = [f"{opens:%m-%d %H:%M}" for opens, _closes in found]
    # 27 November is closed; Tuesday 8 December is a public holiday.
    assert starts == ["11-24 15:00", "11-30 09:00", "12-01 15:00", "12-04 09:00", "12-11 09:00"]


def test_intervals_keep_the_wall_clock_when_clocks_change() -> None:
    found = open_intervals([weekly((SUNDAY, MONDAY), NINE, TEN)], date(2026, 10, 24), 3)
    assert [opens.utcoffset() for opens, _closes in found] == [
        datetime(2026, 10, 25, 9, tzinfo=ROME).utcoffset(),
        datetime(2026, 10, 26, 9, tzinfo=ROME).utcoffset(),
    ]
    assert [opens.hour for opens, _closes in found] == [9, 9]


def test_times_not_stated_never_open_a_centre() -> None:
    assert open_intervals([weekly((MONDAY,), None, None)], date(2026, 11, 23), 7) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Weekday)),
            st.integers(0, 22),
            st.integers(1, 23),
        ),
        max_size=6,
    )
)
def test_valid_hours_never_overlap(facts: list[tuple[Weekday, int, int]]) -> None:
    rules: list[HoursRule] = [
        weekly((day,), time(opens), time(closes)) for day, opens, closes in facts
    ]
    if validate(rules):
        return
    found = open_intervals(rules, date(2026, 11, 2), 7)
    assert all(opens < closes for opens, closes in found)
    total = sum(closes - opens for _day, opens, closes in facts)
    assert sum((closes - opens).total_seconds() for opens, closes in found) == total * 3600
