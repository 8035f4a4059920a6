"""Hours in words of the active language. Names of days come from gettext, never from strftime."""

from __future__ import annotations

from datetime import time

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from centres.hours.rules import (
    ByAppointment,
    Closure,
    HoursRule,
    MonthlyHours,
    Weekday,
    WeeklyHours,
)
from cms.partial_dates import PartialDate


def days_in_words(days: tuple[Weekday, ...]) -> str:
    """Return "Monday to Friday", "Tuesday and Friday"."""
    ordered = sorted(set(days), key=lambda day: day.position)
    positions = [day.position for day in ordered]
    if len(ordered) > 2 and positions == list(range(positions[0], positions[-1] + 1)):
        return _("%(first)s to %(last)s") % {
            "first": ordered[0].label,
            "last": ordered[-1].label,
        }
    return get_text_list([str(day.label) for day in ordered], pgettext("last of a list", "and"))


def times_in_words(opens: time | None, closes: time | None) -> str:
    """Return "9:00–12:30", or that the times are not known."""
    if opens is None or closes is None:
        return _("times not available")
    return f"{clock(opens)}–{clock(closes)}"


def clock(moment: time) -> str:
    """Return a time of day on 24 hours, as Italian signs write it: "9:00"."""
    return f"{moment.hour}:{moment.minute:02d}"


def rule_in_words(rule: HoursRule) -> str:
    """Return one rule as a phrase: the days, without kind and times."""
    if isinstance(rule, WeeklyHours):
        return days_in_words(rule.days)
    if isinstance(rule, MonthlyHours):
        names = {
            1: _("first"),
            2: _("second"),
            3: _("third"),
            4: _("fourth"),
            -1: _("last"),
        }
        nths = get_text_list([names[nth] for nth in rule.nths], pgettext("last of a list", "and"))
        return _("%(nths)s %(day)s of the month") % {"nths": nths, "day": rule.weekday.label}
    if isinstance(rule, ByAppointment):
        return _("by appointment")
    return _closure(rule)


def _closure(rule: Closure) -> str:
    first = PartialDate.of(rule.first).in_words()
    if rule.first == rule.last:
        return _("closed on %(day)s") % {"day": first}
    return _("closed from %(first)s to %(last)s") % {
        "first": first,
        "last": PartialDate.of(rule.last).in_words(),
    }
