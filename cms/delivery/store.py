"""Entries and the feed: storing a projection, and giving it a number if a reader could see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from cms.delivery import purge
from cms.delivery.facets import NONE, store_facets
from cms.delivery.models import Dependency, Entry, Feed
from cms.delivery.projection import Projection, dump
from cms.delivery.renditions import request_renditions
from cms.delivery.resources import Resource
from cms.delivery.search_text import store_search_text


def store(
    feed: Feed, resource: Resource, public_id: UUID, locale: str, projection: Projection
) -> bool:
    """Store *projection* as the object's entry, and its parts as theirs.

    Returns whether a number was taken: what changes nothing that a reader sees takes none. The
    caller holds the lock and saves ``head`` and ``filter_changes`` of *feed*.
    """
    entry, changed = _store_one(feed, resource.name, public_id, locale, projection)
    _store_dependencies(entry, projection.dependencies)
    if projection.unmade_images:
        request_renditions(projection.unmade_images)
    if resource.parts is not None:
        changed |= _store_parts(feed, resource.parts.name, public_id, locale, projection)
    return changed


def _store_one(
    feed: Feed,
    resource: str,
    public_id: UUID,
    locale: str,
    projection: Projection,
    owner: UUID | None = None,
) -> tuple[Entry, bool]:
    stored = Entry.objects.select_related("search")
    entry = stored.filter(resource=resource, public_id=public_id, locale=locale).first()
    if entry is None:
        entry = Entry(resource=resource, public_id=public_id, locale=locale)
    before = purge.PageAddress(entry.site_id, entry.html_path)
    changed = _apply(entry, projection, feed)
    if changed:
        purge.request_purge(entry, before)
    if changed or entry.pk is None or entry.owner != owner:
        entry.owner = owner
        entry.save()
    filters = store_search_text(entry, projection.language, projection.search)
    if projection.facets is not None:
        filters |= store_facets(resource, public_id, projection.facets)
    feed.filter_changes += filters
    return entry, changed


def _store_parts(
    feed: Feed, resource: str, owner: UUID, locale: str, projection: Projection
) -> bool:
    """Store the parts of an object; one that it no longer has, or shows, leaves a tombstone."""
    stored = Entry.objects.filter(owner=owner, locale=locale, resource=resource)
    known = set(stored.values_list("public_id", flat=True))
    wanted = dict(projection.parts)
    facets = None if projection.facets is None else NONE
    gone = Projection(None, None, "", False, None, projection.reason or "deleted", facets=facets)
    wanted |= dict.fromkeys(known - wanted.keys(), gone)
    changed = False
    for public_id, part in wanted.items():
        changed |= _store_one(feed, resource, public_id, locale, part, owner)[1]
    return changed


def _apply(entry: Entry, projection: Projection, feed: Feed) -> bool:
    if projection.content is None:
        if entry.sequence is None or entry.deleted:
            entry.deleted = True
            return False
        entry.document = entry.summary = entry.content_hash = entry.sort_key = ""
        entry.html_path = ""
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
        and entry.html_path == projection.html_path
    ):
        return False
    now = _number(entry, feed)
    stamp = {"sequence": entry.sequence, "modified": rfc3339(now)}
    entry.document = dump({**projection.content, **stamp})
    entry.summary = dump({**(projection.summary or {}), **stamp})
    entry.content_hash = content_hash
    entry.etag = f'"{entry.sequence}-{content_hash[:16]}"'
    entry.sort_key = projection.sort_key
    entry.html_path = projection.html_path
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
