"""Centres with activities that recur, for tests."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from centres.models import CentrePage
from cms.delivery.drain import drain_all


def activity(title: str, **values: Any) -> tuple[str, dict[str, Any]]:
    """A block of the stream of activities."""
    return (
        "activity",
        {
            "title": title,
            "types": [],
            "booking": "not_stated",
            "free_of_charge": "not_stated",
            "accompanied": "not_stated",
            **values,
        },
    )


def weekly(*days: str, opens: str = "", closes: str = "") -> tuple[str, dict[str, Any]]:
    """A rule of every week."""
    return (
        "weekly",
        {"kind": "desk", "days": list(days), "opens": _time(opens), "closes": _time(closes)},
    )


def monthly(*nths: int, day: str, opens: str = "", closes: str = "") -> tuple[str, dict[str, Any]]:
    """A rule of certain weeks of the month."""
    return (
        "monthly",
        {
            "kind": "desk",
            "nths": [str(nth) for nth in nths],
            "weekday": day,
            "opens": _time(opens),
            "closes": _time(closes),
        },
    )


def closure(first: date, last: date) -> tuple[str, dict[str, Any]]:
    """Days on which nothing takes place."""
    return ("closure", {"first": first, "last": last, "reason": ""})


def publish_activities(slug: str, *blocks: tuple[str, dict[str, Any]]) -> CentrePage:
    """Make *blocks* the activities of an Italian centre, and publish it."""
    page = CentrePage.objects.get(slug=slug, locale__language_code="it")
    page.activities = list(blocks)
    page.save_revision().publish()
    drain_all()
    return page


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
