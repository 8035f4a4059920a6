"""When somebody is there: intervals of time from rules, on the clock of the place.

``opening_hours`` (a parser of the OpenStreetMap format) knows Italian public holidays and the
change of clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

from centres.hours.exports import osm_opening_hours
from centres.hours.rules import HoursKind, HoursRule

ROME = ZoneInfo("Europe/Rome")


def open_intervals(
    rules: Sequence[HoursRule], start: date, days: int, kind: HoursKind = HoursKind.DESK
) -> list[tuple[datetime, datetime]]:
    """Return the intervals of one kind from *start* on, for *days* days, in order of time."""
    expression = osm_opening_hours(rules, kind)
    if not expression:
        return []
    begin = datetime.combine(start, time.min, tzinfo=ROME)
    end = datetime.combine(start + timedelta(days=days), time.min, tzinfo=ROME)
    hours = OpeningHours(expression, timezone=ROME, country="IT")
    found: list[tuple[datetime, datetime]] = []
    for opens, closes, state, _comments in hours.intervals(begin, end):
        if str(state) == "open":
            found.append((max(opens, begin), min(closes, end)))
    return found
