"""Days and rules: on which days a rule takes place, whatever the time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from opening_hours import OpeningHours

from centres.hours.rules import HoursRule, MonthlyHours, Weekday, WeeklyHours
from cms.delivery.opening import ZONE

_WEEKDAYS = [day.value for day in Weekday]


def rule_tokens(rule: HoursRule) -> frozenset[str]:
    """Return the days of a rule as RRULE's BYDAY writes them; none of a rule without days."""
    if isinstance(rule, WeeklyHours):
        return frozenset(day.value for day in rule.days)
    if isinstance(rule, MonthlyHours):
        return frozenset(f"{nth}{rule.weekday.value}" for nth in rule.nths)
    return frozenset()


def day_tokens(day: date) -> frozenset[str]:
    """Return the values of BYDAY that *day* fulfils: ``TU``, ``2TU``, ``-1TU``."""
    name = _WEEKDAYS[day.weekday()]
    found = {name, f"{(day.day - 1) // 7 + 1}{name}"}
    if (day + timedelta(days=7)).month != day.month:
        found.add(f"-1{name}")
    return frozenset(found)


def is_holiday(day: date) -> bool:
    """Whether *day* is a public holiday in Italy."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    begin = datetime(year, 1, 1, tzinfo=ZONE)
    end = datetime.combine(date(year + 1, 1, 1), time.min, tzinfo=ZONE)
    hours = OpeningHours("PH 00:00-24:00", timezone=ZONE, country="IT")
    found: set[date] = set()
    for opens, closes, state, _comments in hours.intervals(begin, end):
        if str(state) == "open":
            first, last = opens.date(), (closes - timedelta(seconds=1)).date()
            count = (last - first).days + 1
            found.update(first + timedelta(days=number) for number in range(count))
    return frozenset(found)
