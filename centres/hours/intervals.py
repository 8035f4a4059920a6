"""When somebody is there: intervals of time from rules, on the clock of the place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from centres.hours.exports import osm_opening_hours
from centres.hours.rules import HoursKind, HoursRule
from cms.delivery.opening import open_between


def open_intervals(
    rules: Sequence[HoursRule], start: date, days: int, kind: HoursKind = HoursKind.DESK
) -> list[tuple[datetime, datetime]]:
    """Return the intervals of one kind from *start* on, for *days* days, in order of time."""
    expression = osm_opening_hours(rules, kind)
    if not expression:
        return []
    return list(open_between(expression, start, start + timedelta(days=days)))
