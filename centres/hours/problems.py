"""What can be wrong with hours, each at its rule and field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.hours.rules import Closure, HoursRule, MonthlyHours, WeeklyHours


@dataclass(frozen=True)
class HoursProblem:
    """A problem of the rule at ``index``, at one of its fields."""

    index: int
    field: str
    code: str
    message: str | Promise


def validate(rules: Sequence[HoursRule]) -> list[HoursProblem]:
    """Return every problem of *rules*; an empty list means that they can be kept."""
    found: list[HoursProblem] = []
    for index, rule in enumerate(rules):
        found += _of_one(index, rule)
    if not found:
        found += _overlaps(rules)
    return found


def _of_one(index: int, rule: HoursRule) -> list[HoursProblem]:
    if isinstance(rule, Closure):
        if rule.last < rule.first:
            return [
                HoursProblem(index, "last", "ends_first", _("The closure ends before it begins."))
            ]
        return []
    if not isinstance(rule, WeeklyHours | MonthlyHours):
        return []
    if (rule.opens is None) != (rule.closes is None):
        field = "opens" if rule.opens is None else "closes"
        return [HoursProblem(index, field, "half", _("Give both times, or none."))]
    if rule.opens is not None and rule.closes is not None and rule.closes <= rule.opens:
        return [HoursProblem(index, "closes", "ends_first", _("It ends before it begins."))]
    return []


def _overlaps(rules: Sequence[HoursRule]) -> list[HoursProblem]:
    found = []
    timed = [
        (index, rule)
        for index, rule in enumerate(rules)
        if isinstance(rule, WeeklyHours | MonthlyHours)
    ]
    for position, (index, rule) in enumerate(timed):
        if any(_overlap(rule, earlier) for _index, earlier in timed[:position]):
            found.append(
                HoursProblem(
                    index, "opens", "overlap", _("These hours overlap others of the same kind.")
                )
            )
    return found


def _overlap(one: WeeklyHours | MonthlyHours, other: WeeklyHours | MonthlyHours) -> bool:
    if one.kind != other.kind or not _days(one) & _days(other):
        return False
    if (
        isinstance(one, MonthlyHours)
        and isinstance(other, MonthlyHours)
        and not _may_meet(one.nths, other.nths)
    ):
        return False
    if one.opens is None or one.closes is None or other.opens is None or other.closes is None:
        return True
    return one.opens < other.closes and other.opens < one.closes


def _may_meet(some: tuple[int, ...], others: tuple[int, ...]) -> bool:
    """Whether two sets of nth weekdays can fall on one day; the fourth may be the last."""
    if set(some) & set(others):
        return True
    return (-1 in some and 4 in others) or (-1 in others and 4 in some)


def _days(rule: WeeklyHours | MonthlyHours) -> set[str]:
    days = rule.days if isinstance(rule, WeeklyHours) else (rule.weekday,)
    return {day.value for day in days}
