"""Hours: one model, and everything computed from it.

What the page says, whether a centre is open, schema.org, OSM ``opening_hours`` and RRULE all come
from the same rules.
"""

from centres.hours.days import day_tokens, is_holiday, rule_tokens
from centres.hours.exports import osm_opening_hours, recurrence_rules, schema_org_hours
from centres.hours.intervals import open_intervals
from centres.hours.problems import HoursProblem, validate
from centres.hours.rules import (
    ByAppointment,
    Closure,
    HoursKind,
    HoursRule,
    MonthlyHours,
    Weekday,
    WeeklyHours,
)
from centres.hours.sentences import days_in_words, rule_in_words, times_in_words

__all__ = [
    "ByAppointment",
    "Closure",
    "HoursKind",
    "HoursProblem",
    "HoursRule",
    "MonthlyHours",
    "Weekday",
    "WeeklyHours",
    "day_tokens",
    "days_in_words",
    "is_holiday",
    "open_intervals",
    "osm_opening_hours",
    "recurrence_rules",
    "rule_in_words",
    "rule_tokens",
    "schema_org_hours",
    "times_in_words",
    "validate",
]
