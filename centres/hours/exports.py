"""Hours in the languages of other systems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from centres.hours.rules import Closure, HoursKind, HoursRule, MonthlyHours, WeeklyHours

_SCHEMA_ORG_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


_OSM_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _timed(
    rules: Sequence[HoursRule], kind: HoursKind
) -> list[tuple[WeeklyHours | MonthlyHours, str]]:
    return [
        (rule, f"{rule.opens:%H:%M}-{rule.closes:%H:%M}")
        for rule in rules
        if isinstance(rule, WeeklyHours | MonthlyHours)
        and rule.kind == kind
        and rule.opens is not None
        and rule.closes is not None
    ]


def osm_opening_hours(rules: Sequence[HoursRule], kind: HoursKind = HoursKind.DESK) -> str:
    """Return the OpenStreetMap ``opening_hours`` of one kind; empty where no times are known.

    Public holidays are closed. Rules are additional to one another, so several ranges of one day
    all hold.
    """
    parts = []
    for rule, times in _timed(rules, kind):
        if isinstance(rule, WeeklyHours):
            days = sorted(set(rule.days), key=lambda day: day.position)
            parts.append(f"{','.join(day.value.title() for day in days)} {times}")
        else:
            nths = ",".join(str(nth) for nth in rule.nths)
            parts.append(f"{rule.weekday.value.title()}[{nths}] {times}")
    if not parts:
        return ""
    text = ", ".join(parts)
    for closure in rules:
        if isinstance(closure, Closure):
            text += f"; {_osm_date(closure.first)}-{_osm_date(closure.last)} off"
    return f"{text}; PH off"


def _osm_date(day: date) -> str:
    return f"{day.year} {_OSM_MONTHS[day.month - 1]} {day.day:02d}"


def schema_org_hours(
    rules: Sequence[HoursRule], kind: HoursKind = HoursKind.DESK
) -> list[dict[str, object]]:
    """Return schema.org ``OpeningHoursSpecification`` objects of the weekly rules of one kind."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{_SCHEMA_ORG_DAYS[day]}" for day in rule.days],
            "opens": f"{rule.opens:%H:%M}",
            "closes": f"{rule.closes:%H:%M}",
        }
        for rule, _times in _timed(rules, kind)
        if isinstance(rule, WeeklyHours)
    ]


def recurrence_rules(rules: Sequence[HoursRule], kind: HoursKind = HoursKind.DESK) -> list[str]:
    """Return the RRULE value (RFC 5545, section 3.3.10) of each timed rule of one kind."""
    values = []
    for rule, _times in _timed(rules, kind):
        if isinstance(rule, WeeklyHours):
            values.append(f"FREQ=WEEKLY;BYDAY={','.join(day.value for day in rule.days)}")
        else:
            days = ",".join(f"{nth}{rule.weekday.value}" for nth in rule.nths)
            values.append(f"FREQ=MONTHLY;BYDAY={days}")
    return values
