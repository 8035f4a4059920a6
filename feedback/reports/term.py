"""The term within which an administration answers, counted in days of Italy's calendar.

Law 4/2004, article 3-quater, paragraph 2: thirty days from the notice. Days are local dates, so
that a change of daylight saving time neither shortens nor lengthens the term.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

ROME: Final = ZoneInfo("Europe/Rome")
DAYS: Final = 30
REMINDERS: Final = (20, 27, 30)
"""Days after the receipt at which officers are reminded of what is still open."""


def in_rome(moment: datetime) -> datetime:
    """Return *moment*, which is aware, by the clocks of Italy."""
    return moment.astimezone(ROME)


def today() -> date:
    """Return the date that it is in Italy."""
    return in_rome(timezone.now()).date()


def due_date(received: date) -> date:
    """Return the last day for the answer to what was received on the local date *received*."""
    return received + timedelta(days=DAYS)


def days_left(due: date, on: date) -> int:
    """Return how many days are left on the local date *on*; below zero, how many too late."""
    return (due - on).days


def reminder_due(received: date, on: date) -> int | None:
    """Return the last of the reminders that was due by *on*, in days; ``None`` before the first."""
    passed = (on - received).days
    return max((days for days in REMINDERS if days <= passed), default=None)
