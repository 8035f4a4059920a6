"""Opening intervals for the coming weeks, computed from stored rules and rolled forward daily.

Rules are stored beside the documents, so that no document is built anew when a day has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.delivery.feed_lock import lock_feed
from cms.delivery.models import Feed, OpeningInterval, OpeningRule
from cms.delivery.opening import ZONE, midnight, open_between

HORIZON = timedelta(weeks=6)
"""How far ahead intervals are stored; beyond it nobody answers "open at"."""

ONE_DAY = timedelta(days=1)


def horizon() -> tuple[date, date] | None:
    """Return the first day for which intervals are stored and the day after the last, or ``None``.

    ``None`` means that nothing has been computed yet.
    """
    row = Feed.objects.filter(pk=Feed.SINGLETON).values_list("intervals_from", "intervals_until")
    for start, end in row:
        if start and end:
            return start, end
    return None


def intervals_of(rule: OpeningRule, start: date, end: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield when *rule* says open from *start* until, and without, *end*."""
    first = max(start, rule.valid_from or start)
    last = min(end, rule.valid_to + ONE_DAY if rule.valid_to else end)
    if first < last:
        yield from open_between(rule.expression, first, last)


def store_intervals(resource: str, public_id: UUID) -> None:
    """Compute the intervals of one object anew, within what is stored of all."""
    OpeningInterval.objects.filter(resource=resource, public_id=public_id).delete()
    if (span := horizon()) is not None:
        rules = OpeningRule.objects.filter(resource=resource, public_id=public_id)
        _add(rules, *span)


def roll(today: date | None = None) -> bool:
    """Move the horizon to start *today*; return whether there was anything to do.

    Past intervals go, and only the days that are new are computed, each under a lock of its own:
    no editor waits for six weeks of all centres. The worker calls it.
    """
    start = today or timezone.localdate(timezone=ZONE)
    moved = False
    while horizon() != (start, start + HORIZON):
        with transaction.atomic():
            _roll_one_day(start)
        moved = True
    return moved


def _roll_one_day(start: date) -> None:
    feed = lock_feed()
    first, known = feed.intervals_from, feed.intervals_until
    if known is None or first is None or not (first <= start <= known <= start + HORIZON):
        OpeningInterval.objects.all().delete()
        known = start
    elif first < start:
        OpeningInterval.objects.filter(closes__lte=midnight(start)).delete()
    end = min(known + ONE_DAY, start + HORIZON)
    _add(OpeningRule.objects.order_by("pk").iterator(chunk_size=500), known, end)
    feed.intervals_from, feed.intervals_until = start, end
    feed.save(update_fields=["intervals_from", "intervals_until"])


def _add(rules: Iterable[OpeningRule], start: date, end: date) -> None:
    batch: list[OpeningInterval] = []
    for rule in rules:
        batch += (
            OpeningInterval(
                resource=rule.resource, public_id=rule.public_id, opens=opens, closes=closes
            )
            for opens, closes in intervals_of(rule, start, end)
        )
        if len(batch) >= 1000:
            OpeningInterval.objects.bulk_create(batch, batch_size=500)
            batch = []
    OpeningInterval.objects.bulk_create(batch, batch_size=500)
