"""Marks that tell a repeated rating within one day, and nobody anything the next.

A mark is a hash of the address, the browser and the page, keyed with the server's secret and with
a salt that is drawn each day and deleted when the day is over. Who shares an address and a browser,
as in a library, shares a mark: a repeated rating is stored like any other, and only marked.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms import conf
from cms.http.client_address import client_address
from feedback.ratings.models import DailySalt, Rating

BROWSER = 500
"""Characters of ``User-Agent`` that are read."""

_kept: tuple[date, str] | None = None


def mark_of(request: HttpRequest, public_id: UUID) -> str:
    """Return the mark of who sends *request* on the page *public_id* today."""
    browser = request.headers.get("User-Agent", "")[:BROWSER]
    address = client_address(request, conf.trusted_proxies())
    text = f"{address}\n{browser}\n{public_id}"
    return salted_hmac(_salt(), text, algorithm="sha256").hexdigest()[:32]


def _salt() -> str:
    """Return today's salt: from memory, once a day and process from the database."""
    global _kept
    today = timezone.localdate()
    if _kept is None or _kept[0] != today:
        row, _created = DailySalt.objects.get_or_create(
            day=today, defaults={"salt": secrets.token_hex(32)}
        )
        DailySalt.objects.filter(day__lt=today).delete()
        _kept = today, row.salt
    return _kept[1]


def forget_marks() -> int:
    """Delete the salts of days that are over, and empty their marks; return how many."""
    today = timezone.localdate()
    DailySalt.objects.filter(day__lt=today).delete()
    began = timezone.make_aware(datetime.combine(today, time.min))
    return Rating.objects.filter(hour__lt=began).exclude(mark="").update(mark="")
