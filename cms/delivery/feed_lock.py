"""The lock under which everything is projected, and from which every change takes its number."""

from __future__ import annotations

from django.db import transaction

from cms.delivery.models import Feed


def lock_feed() -> Feed:
    """Lock the feed's row for the rest of the transaction and return it.

    Whoever holds it is the only one who projects: numbers appear in the order of commits.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("The feed is locked inside a transaction.")
    feed = Feed.objects.select_for_update().filter(pk=Feed.SINGLETON).first()
    if feed is None:
        Feed.objects.get_or_create(pk=Feed.SINGLETON)
        feed = Feed.objects.select_for_update().get(pk=Feed.SINGLETON)
    return feed
