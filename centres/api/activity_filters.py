"""The filters of ``/activities``, and of its calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from centres.api.activity_days import DayRange, taking_place
from centres.api.filters import ACTIVITY_TYPE, AGE, AUDIENCE, comune_filter, province_filter
from cms.http.filters import Narrowing, declare_filters
from cms.http.parameters import Parameter, read_one
from cms.http.problems import ProblemError

DATE = {
    "type": "string",
    "format": "date",
    "maxLength": 10,
    "pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$",
}


def day(text: str) -> date | None:
    """Read a date (RFC 3339, full-date) from 1900 to 2200, or raise ``ValueError``."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text) else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise ValueError("Use a date such as 2026-03-01.")
    return found


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
    Parameter("to", "Last day, included; not before from. Left out, the range has no end.", DATE),
)
COMUNE = comune_filter(
    "ISTAT code of the comune of the place or, where none is known, of one that its centre serves."
)
PROVINCE = province_filter("Province of such a comune.")


def declare() -> None:
    """Declare the filters of activities."""
    declare_filters("activities", DAYS, COMUNE, PROVINCE, ACTIVITY_TYPE, AUDIENCE, AGE)
