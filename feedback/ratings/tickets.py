"""A ticket to send one rating: what is rated and when it was begun, signed, without a cookie.

Pages are kept in caches, so that nothing in them can be of one visitor. The first step of a rating
is answered with a ticket of its own; the second brings it back. It makes a form that is sent twice
one rating, tells a program from a person by the time between, and keeps the page that was read even
if it is deleted meanwhile.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing

from feedback.ratings.pages import RatedPage

SALT = "feedback.ratings.tickets"
LASTS = 24 * 60 * 60
"""Seconds for which a ticket is taken."""

LONGEST = 4000
"""Characters of a ticket that are looked at."""


class TicketError(ValueError):
    """A ticket that is not ours, or that is too old."""


@dataclass(frozen=True)
class Ticket:
    """``age`` is in seconds since it was issued."""

    submission: UUID
    page: RatedPage
    age: float


def issue(page: RatedPage) -> str:
    """Return a new ticket for a rating of *page*."""
    content = {
        "submission": str(uuid.uuid4()),
        "at": round(time.time(), 2),
        "page": [
            str(page.public_id),
            page.locale,
            page.title,
            page.path,
            page.revision,
            page.revised.isoformat() if page.revised else None,
            page.is_fallback,
        ],
    }
    return signing.dumps(content, salt=SALT, compress=True)


def read(text: str) -> Ticket:
    """Return the ticket that *text* is, or raise :class:`TicketError`."""
    if len(text) > LONGEST:
        raise TicketError(text[:20])
    try:
        content = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise TicketError(text[:20]) from error
    public_id, locale, title, path, revision, revised, is_fallback = content["page"]
    page = RatedPage(
        UUID(public_id),
        locale,
        title,
        path,
        revision,
        datetime.fromisoformat(revised) if revised else None,
        is_fallback,
    )
    return Ticket(UUID(content["submission"]), page, time.time() - content["at"])
