"""Stores a rating, once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from feedback.ratings.marks import mark_of
from feedback.ratings.models import COMMENT_LENGTH, Channel, Rating
from feedback.ratings.pages import RatedPage


@dataclass(frozen=True)
class Said:
    """What somebody says of a page; *answer* and *comment* may be empty."""

    stars: int
    answer: str = ""
    comment: str = ""


def plain(text: str) -> str:
    """Return a comment as it is kept: plain text, lines ended alike, no control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in lines if letter == "\n" or unicodedata.category(letter) != "Cc")
    return "".join(kept).strip()[:COMMENT_LENGTH]


def store(
    request: HttpRequest,
    page: RatedPage,
    said: Said,
    channel: Channel,
    submission: UUID,
    *,
    is_spam: bool = False,
) -> None:
    """Store what was *said* of *page*.

    The same *submission* sent again corrects what it said before: it is one rating. Two queries in
    a transaction beside those of the page; of a day's first in a process two more.
    """
    mark = mark_of(request, page.public_id)
    rating = Rating(
        submission=submission,
        public_id=page.public_id,
        locale=page.locale,
        title=page.title,
        path=page.path,
        revision=page.revision,
        revised=page.revised,
        is_fallback=page.is_fallback,
        channel=channel,
        stars=said.stars,
        answer=said.answer,
        comment=plain(said.comment),
        hour=timezone.now().replace(minute=0, second=0, microsecond=0),
        mark=mark,
        is_repeat=Rating.objects.filter(mark=mark).exists(),
        is_spam=is_spam,
    )
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError:
        said_before = Rating.objects.filter(submission=submission)
        said_before.update(stars=said.stars, answer=said.answer, comment=rating.comment)
