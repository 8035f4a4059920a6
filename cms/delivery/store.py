"""Entries and the feed: storing a projection, and giving it a number if a reader could see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.delivery.models import Dependency, Entry, Feed
from cms.delivery.projection import Projection, dump
from cms.delivery.resources import Resource


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


def store(
    feed: Feed, resource: Resource, public_id: UUID, locale: str, projection: Projection
) -> bool:
    """Store *projection* as the object's entry; return whether it took a number.

    A projection that changes nothing that a reader sees takes none. The caller holds the lock and
    saves *feed*.
    """
    entry = Entry.objects.filter(
        resource=resource.name, public_id=public_id, locale=locale
    ).first() or Entry(resource=resource.name, public_id=public_id, locale=locale)
    changed = _apply(entry, projection, feed)
    if changed or entry.pk is None:
        entry.save()
    _store_dependencies(entry, projection.dependencies)
    return changed


def _apply(entry: Entry, projection: Projection, feed: Feed) -> bool:
    if projection.content is None:
        if entry.sequence is None or entry.deleted:
            entry.deleted = True
            return False
        entry.document = entry.summary = entry.content_hash = entry.sort_key = ""
        entry.is_fallback, entry.deleted, entry.site_id = False, True, None
        entry.reason = projection.reason or ""
        _number(entry, feed)
        entry.etag = f'"{entry.sequence}"'
        return True
    content_hash = projection.content_hash
    if (
        entry.sequence is not None
        and not entry.deleted
        and entry.content_hash == content_hash
        and entry.sort_key == projection.sort_key
        and entry.site_id == projection.site_id
    ):
        return False
    now = _number(entry, feed)
    stamp = {"sequence": entry.sequence, "modified": rfc3339(now)}
    entry.document = dump({**projection.content, **stamp})
    entry.summary = dump({**(projection.summary or {}), **stamp})
    entry.content_hash = content_hash
    entry.etag = f'"{entry.sequence}-{content_hash[:16]}"'
    entry.sort_key = projection.sort_key
    entry.site_id = projection.site_id
    entry.is_fallback = projection.is_fallback
    entry.deleted, entry.reason = False, ""
    return True


def _number(entry: Entry, feed: Feed) -> datetime:
    feed.head += 1
    entry.sequence = feed.head
    entry.modified = timezone.now()
    return entry.modified


def rfc3339(moment: datetime) -> str:
    """Return *moment* in UTC as RFC 3339 writes it, to the millisecond."""
    utc = moment.astimezone(timezone.get_fixed_timezone(0))
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def _store_dependencies(entry: Entry, wanted: frozenset[str]) -> None:
    stored = dict(entry.dependencies.values_list("key", "pk"))
    gone = [pk for key, pk in stored.items() if key not in wanted]
    if gone:
        Dependency.objects.filter(pk__in=gone).delete()
    Dependency.objects.bulk_create(
        Dependency(entry=entry, key=key) for key in sorted(wanted - stored.keys())
    )
