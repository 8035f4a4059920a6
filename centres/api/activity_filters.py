"""The filters of ``/activities``, and of its calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from centres.api.activity_days import DayRange, taking_place
from centres.api.filters import istat_code
from cms.http.filters import FacetFilter, Narrowing, SpanFilter, declare_filters
from cms.http.parameters import Parameter, read_one, whole_number
from cms.http.problems import ProblemError

DATE = {
    "type": "string",
    "format": "date",
    "maxLength": 10,
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
CODE = {"type": "string", "maxLength": 60, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


def day(text: str) -> date | None:
    """Read a date (RFC 3339, full-date) from 1900 to 2200, or raise ``ValueError``."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text) else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise ValueError("Use a date such as 2026-03-01.")
    return found


def matching(pattern: str, advice: str) -> Callable[[str], str]:
    """Return a parser that takes what *pattern* matches, and gives *advice* where it refuses."""

    def parse(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(advice)
        return text

    return parse


province_code = matching("[A-Z]{2}", "Use the two capital letters of a province, such as VA.")


@dataclass(frozen=True)
class DayRangeFilter:
    """Activities that take place on a day of a range; either end may be left open."""

    first: Parameter
    last: Parameter

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.first, self.last)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        first = read_one(request, self.first.name, day, None)
        last = read_one(request, self.last.name, day, None)
        if first is None and last is None:
            return None
        if first is not None and last is not None and last < first:
            raise ProblemError(
                400,
                "The range ends before it begins.",
                {self.last.name: f"Use a date from {first} on."},
            )
        days = DayRange(first, last)
        return Narrowing(lambda entries: entries.filter(taking_place(resource, days)))


DAYS = DayRangeFilter(
    Parameter(
        "from",
        "First day, at the place. Activities with single dates match on their dates; those that "
        "recur match by their rule, without closures and public holidays; those that state "
        "neither match no range.",
        DATE,
    ),
    Parameter("to", "Last day, included. Left out, the range has no end.", DATE),
)
COMUNE = FacetFilter(
    Parameter(
        "comune",
        "ISTAT code of the comune of the place or, where no place is known, of one that the "
        "centre serves.",
        {"type": "string", "pattern": "^[0-9]{6}$", "maxLength": 6},
        repeatable=True,
    ),
    istat_code,
)
PROVINCE = FacetFilter(
    Parameter(
        "province",
        "Code of the province of such a comune.",
        {"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 2},
        repeatable=True,
    ),
    province_code,
)
ACTIVITY_TYPE = FacetFilter(
    Parameter("activity_type", "Code of a type of activity.", CODE, repeatable=True),
    matching("[a-z0-9]+(-[a-z0-9]+)*", "Use a code of /activity-types."),
)
AUDIENCE = FacetFilter(
    Parameter("audience", "Code of an audience.", CODE, repeatable=True),
    matching("[a-z0-9]+(-[a-z0-9]+)*", "Use a code of /audiences."),
)
AGE = SpanFilter(
    Parameter(
        "age",
        "Completed years of a person it is meant for; activities that state no age do not match.",
        {"type": "integer", "format": "int32", "minimum": 0, "maximum": 120},
        repeatable=True,
    ),
    lambda text: whole_number(text, 0, 120),
)


def declare() -> None:
    """Declare the filters of activities."""
    declare_filters("activities", DAYS, COMUNE, PROVINCE, ACTIVITY_TYPE, AUDIENCE, AGE)
