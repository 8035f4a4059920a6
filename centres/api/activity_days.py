"""Which activities take place on a day of a range: single dates exactly, recurrences by rule.

A recurrence has no first and no last day, so that no list of its days can be stored. Stored are
the days of the week and of the month on which it takes place, and its closures.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from centres.hours import day_tokens, is_holiday
from cms.delivery.models import Facet, Span

LONG = 800
"""Days of a range in which every rule takes place, whatever is closed meanwhile."""


@dataclass(frozen=True)
class DayRange:
    """From *first* to *last*, both included; ``None`` leaves an end open."""

    first: date | None
    last: date | None

    def days(self) -> list[date] | None:
        """Return its days, or ``None`` if there are so many that every rule has one of them."""
        if self.first is None or self.last is None or (self.last - self.first).days >= LONG:
            return None
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]


def taking_place(resource: str, days: DayRange) -> Q:
    """Return the condition of entries of *resource* that take place on one of *days*.

    Reads the closures in a range with two ends: one query, and a second where there are any.
    """
    dated = Span.objects.filter(resource=resource, name="day")
    if days.first is not None:
        dated = dated.filter(high__gte=days.first.toordinal())
    if days.last is not None:
        dated = dated.filter(low__lte=days.last.toordinal())
    recurring = Facet.objects.filter(resource=resource, name="recurs")
    closed: list[UUID] = []
    if (listed := days.days()) is not None:
        tokens = {day: day_tokens(day) for day in listed if not is_holiday(day)}
        recurring = recurring.filter(value__in=sorted(frozenset().union(*tokens.values())))
        closed = _closed(resource, tokens)
    return Q(public_id__in=dated.values("public_id")) | (
        Q(public_id__in=recurring.values("public_id")) & ~Q(public_id__in=closed)
    )


def _closed(resource: str, tokens: dict[date, frozenset[str]]) -> list[UUID]:
    """Return what would recur on these days, but is closed on each of them."""
    if not tokens:
        return []
    closures = defaultdict(list)
    rows = Span.objects.filter(
        resource=resource,
        name="closed",
        low__lte=max(tokens).toordinal(),
        high__gte=min(tokens).toordinal(),
    )
    for public_id, low, high in rows.values_list("public_id", "low", "high"):
        closures[public_id].append(range(low, high + 1))
    if not closures:
        return []
    rules = defaultdict(set)
    named = Facet.objects.filter(resource=resource, name="recurs", public_id__in=list(closures))
    for public_id, value in named.values_list("public_id", "value"):
        rules[public_id].add(value)
    return [
        public_id
        for public_id, closed in closures.items()
        if not any(
            names & rules[public_id] and not any(day.toordinal() in days for days in closed)
            for day, names in tokens.items()
        )
    ]
