"""When hours in the format of OSM ``opening_hours`` say open: the one computation of it.

``opening_hours`` (a parser of the OpenStreetMap format) knows Italian public holidays and the
change of clocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

ZONE = ZoneInfo("Europe/Rome")
COUNTRY = "IT"

LONGEST = timedelta(hours=25)
"""No interval is longer: each lies within one day, and one day a year has 25 hours."""


def midnight(day: date) -> datetime:
    """Return when *day* begins on the clock of the place."""
    return datetime.combine(day, time.min, tzinfo=ZONE)


@lru_cache(maxsize=4096)
def _parsed(expression: str) -> OpeningHours:
    return OpeningHours(expression, timezone=ZONE, country=COUNTRY)


def open_between(expression: str, start: date, end: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the intervals from *start* until, and without, *end*, in order of time.

    They are cut at midnight, so that a span of days gives what its days give one by one.
    """
    begin, until = midnight(start), midnight(end)
    for opens, closes, state, _comments in _parsed(expression).intervals(begin, until):
        if str(state) == "open":
            yield from _by_day(max(opens, begin), min(closes, until))


def _by_day(opens: datetime, closes: datetime) -> Iterator[tuple[datetime, datetime]]:
    while (next_day := midnight(opens.date() + timedelta(days=1))) < closes:
        yield opens, next_day
        opens = next_day
    yield opens, closes
