"""The rules that hours are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db import models
from django.utils.translation import gettext_lazy as _


class HoursKind(models.TextChoices):
    """What the hours are of. Only those of the desk make a centre open."""

    DESK = "desk", _("desk")
    TELEPHONE = "telephone", _("telephone")
    SECRETARIAT = "secretariat", _("secretariat")


class Weekday(models.TextChoices):
    """Days of the week by their RFC 5545 codes, Monday first."""

    MONDAY = "MO", _("Monday")
    TUESDAY = "TU", _("Tuesday")
    WEDNESDAY = "WE", _("Wednesday")
    THURSDAY = "TH", _("Thursday")
    FRIDAY = "FR", _("Friday")
    SATURDAY = "SA", _("Saturday")
    SUNDAY = "SU", _("Sunday")

    @property
    def position(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return list(Weekday).index(self)


@dataclass(frozen=True)
class WeeklyHours:
    """The same hours every week. Both times missing: these days, at times not stated."""

    kind: HoursKind
    days: tuple[Weekday, ...]
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class MonthlyHours:
    """Hours on the nth weekdays of the month: 1 to 4, and -1 for the last."""

    kind: HoursKind
    nths: tuple[int, ...]
    weekday: Weekday
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class ByAppointment:
    kind: HoursKind
    note: str = ""


@dataclass(frozen=True)
class Closure:
    """Days on which nobody is there, *first* and *last* included."""

    first: date
    last: date
    reason: str = ""


HoursRule = WeeklyHours | MonthlyHours | ByAppointment | Closure
