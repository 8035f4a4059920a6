"""When an activity recurs, read back from its document: rules, and the days that they leave out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from centres.hours import (
    Closure,
    HoursKind,
    MonthlyHours,
    Weekday,
    WeeklyHours,
    day_tokens,
    is_holiday,
    recurrence_rules,
    rule_tokens,
)

SEEN = timedelta(days=731)
"""How far ahead a recurrence leaves out closures and public holidays: a rule cannot name them."""


@dataclass(frozen=True)
class Recurrence:
    """``rule`` is an RRULE value; ``excluded`` are days on which it does not hold.

    ``first`` is a day that the rule names. Without times it takes the whole day.
    """

    rule: str
    first: date
    opens: time | None
    closes: time | None
    excluded: tuple[date, ...]

    @property
    def key(self) -> str:
        """What tells the recurrences of one activity apart, whenever they begin."""
        return f"{self.rule};{self.opens or ''};{self.closes or ''}"


def recurrences(hours: Mapping[str, Any] | None, start: date) -> Iterator[Recurrence]:
    """Yield the recurrences of a document's hours, the first day of each on or after *start*.

    One that is closed throughout is left out.
    """
    rules = [rule_of(row) for row in hours["rows"]] if hours else []
    days = list(_days(start, start + SEEN))
    off = {day for day in days if is_holiday(day)}
    for closure in rules:
        if isinstance(closure, Closure):
            off.update(day for day in days if closure.first <= day <= closure.last)
    for rule in rules:
        if isinstance(rule, WeeklyHours | MonthlyHours):
            named = [day for day in days if rule_tokens(rule) & day_tokens(day)]
            first = next((day for day in named if day not in off), None)
            if first is not None:
                excluded = tuple(day for day in named if day in off and day > first)
                yield _recurrence(rule, first, excluded)


def rule_of(row: Mapping[str, Any]) -> WeeklyHours | MonthlyHours | Closure | None:
    """Return the rule that a row of hours states; ``None`` for one by appointment."""
    value = row["value"]
    if row["type"] == "closure":
        return Closure(date.fromisoformat(value["first"]), date.fromisoformat(value["last"]))
    if row["type"] not in {"weekly", "monthly"}:
        return None
    kind = HoursKind(value["kind"]["code"])
    opens, closes = (
        time.fromisoformat(value[name]) if name in value else None for name in ("opens", "closes")
    )
    days = tuple(Weekday(day) for day in value["days"])
    if row["type"] == "weekly":
        return WeeklyHours(kind, days, opens, closes)
    return MonthlyHours(kind, tuple(value["nths"]), days[0], opens, closes)


def _recurrence(
    rule: WeeklyHours | MonthlyHours, first: date, excluded: tuple[date, ...]
) -> Recurrence:
    """Like RRULE, ``recurrence_rules`` needs times only to know that there are any."""
    timed = rule.opens is not None and rule.closes is not None
    named = rule if timed else replace(rule, opens=time(0), closes=time(1))
    (text,) = recurrence_rules([named], rule.kind)
    return Recurrence(
        rule=text,
        first=first,
        opens=rule.opens if timed else None,
        closes=rule.closes if timed else None,
        excluded=excluded,
    )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
