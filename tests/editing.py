"""Edits that tests make, drained, so that readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from centres.models import CentrePage
from cms.delivery.drain import drain_all

EVERY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Block = tuple[str, dict[str, Any]]


def weekly(days: Sequence[str], opens: time, closes: time, kind: str = "desk") -> Block:
    value = {"kind": kind, "days": list(days), "opens": opens, "closes": closes}
    return "weekly", value


def monthly(nths: Sequence[int], weekday: str, opens: time, closes: time) -> Block:
    value = {
        "kind": "desk",
        "nths": [str(nth) for nth in nths],
        "weekday": weekday,
        "opens": opens,
        "closes": closes,
    }
    return "monthly", value


def closure(first: date, last: date) -> Block:
    return "closure", {"first": first, "last": last, "reason": ""}


def italian_centres() -> list[CentrePage]:
    return list(CentrePage.objects.filter(locale__language_code="it").order_by("pk"))


def change(page: CentrePage, **fields: Any) -> CentrePage:
    """Publish *page* with other fields; return it as it is then."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    drain_all()
    return CentrePage.objects.get(pk=page.pk)


def change_seats(page: CentrePage, **fields: Any) -> None:
    for seat in page.seats.all():
        for name, value in fields.items():
            setattr(seat, name, value)
        seat.save()
    drain_all()
