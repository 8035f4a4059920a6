"""Entries and the feed: storing projections, and giving a number to what a reader can see change.

What is stored of a whole chunk is read at once, compared in memory, and written at once: a centre
has an entry for each of its activities, and most of a rebuild changes none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from cms.delivery import purge
from cms.delivery.facets import NONE, store_facets
from cms.delivery.models import Dependency, Entry, Feed
from cms.delivery.projection import Projection
from cms.delivery.renditions import request_renditions
from cms.delivery.resources import Resource
from cms.delivery.search_text import store_search_texts

Place = tuple[str, UUID, str]
"""Resource, public id and locale: what an entry is known by."""

Owner = tuple[UUID, str, str]
"""Public id of an object, locale, and the resource of its parts."""


@dataclass(frozen=True)
class Projected:
    """A projection with the object and the locale that it is of."""

    resource: Resource
    public_id: UUID
    locale: str
    projection: Projection

    @property
    def place(self) -> Place:
        return self.resource.name, self.public_id, self.locale

    @property
    def parts_place(self) -> Owner | None:
        parts = self.resource.parts
        return None if parts is None else (self.public_id, self.locale, parts.name)


def store(feed: Feed, projected: Sequence[Projected]) -> None:
    """Store each projection as its object's entry, and its parts as theirs.

    The caller holds the lock and saves ``head`` and ``filter_changes`` of *feed*. What changes
    nothing that a reader sees takes no number.
    """
    wanted = _with_parts(projected)
    entries = _entries_of(wanted)
    for place, (projection, owner) in wanted.items():
        _store_one(feed, entries, place, projection, owner)
    # The rows of new entries exist before anything refers to them.
    Entry.objects.bulk_create([entry for entry in entries.values() if entry.pk is None])
    feed.filter_changes += store_search_texts(
        (entries[place].pk, projection.language, projection.search)
        for place, (projection, _owner) in wanted.items()
    )
    feed.filter_changes += store_facets(
        {
            place[:2]: projection.facets
            for place, (projection, _owner) in wanted.items()
            if projection.facets is not None
        }
    )
    _store_dependencies({entries[item.place]: item.projection.dependencies for item in projected})
    request_renditions({pk for item in projected for pk in item.projection.unmade_images})


def _with_parts(
    projected: Iterable[Projected],
) -> dict[Place, tuple[Projection, UUID | None]]:
    """Return what is to be stored where, and whose part it is.

    A part that an object no longer has, or shows, leaves a tombstone.
    """
    listed = list(projected)
    known = _known_parts({item.parts_place for item in listed} - {None})
    wanted: dict[Place, tuple[Projection, UUID | None]] = {}
    for item in listed:
        wanted[item.place] = item.projection, None
        if item.parts_place is None:
            continue
        owner, locale, resource = item.parts_place
        facets = None if item.projection.facets is None else NONE
        reason = item.projection.reason or "deleted"
        gone = Projection(reason=reason, facets=facets)
        parts = dict.fromkeys(known[item.parts_place], gone) | dict(item.projection.parts)
        wanted |= {(resource, key, locale): (part, owner) for key, part in parts.items()}
    return wanted


def _known_parts(owners: Iterable[Owner | None]) -> dict[Owner, list[UUID]]:
    wanted = {owner for owner in owners if owner is not None}
    found: dict[Owner, list[UUID]] = defaultdict(list)
    if wanted:
        rows = Entry.objects.filter(owner__in={owner for owner, _locale, _resource in wanted})
        for key, locale, name, pk in rows.values_list("owner", "locale", "resource", "public_id"):
            if key is not None:
                found[key, locale, name].append(pk)
    return found


def _entries_of(places: Iterable[Place]) -> dict[Place, Entry]:
    """Return the stored entries, new ones where there is none; documents are not read."""
    wanted = set(places)
    rows = Entry.objects.filter(
        resource__in={name for name, _public_id, _ in wanted},
        public_id__in={public_id for _name, public_id, _ in wanted},
    )
    stored = {
        (entry.resource, entry.public_id, entry.locale): entry
        for entry in rows.defer("document", "summary")
    }
    return {
        place: stored.get(place) or Entry(resource=place[0], public_id=place[1], locale=place[2])
        for place in sorted(wanted, key=str)
    }


def _store_one(
    feed: Feed,
    entries: dict[Place, Entry],
    place: Place,
    projection: Projection,
    owner: UUID | None,
) -> None:
    entry = entries[place]
    before = purge.PageAddress(entry.site_id, entry.html_path)
    changed = _apply(entry, projection, feed)
    if changed:
        purge.request_purge(entry, before)
    if changed or entry.owner != owner:
        entry.owner = owner
        if entry.pk is not None:
            entry.save()


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
    entry.document = _stamped(projection.content, entry, now)
    entry.summary = _stamped(projection.summary, entry, now)
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


def _stamped(document: str, entry: Entry, now: datetime) -> str:
    """Return the JSON object *document* with the number and the time of its last change."""
    return f'{document[:-1]},"sequence":{entry.sequence},"modified":"{rfc3339(now)}"}}'


def rfc3339(moment: datetime) -> str:
    """Return *moment* in UTC as RFC 3339 writes it, to the millisecond."""
    utc = moment.astimezone(timezone.get_fixed_timezone(0))
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def _store_dependencies(wanted: dict[Entry, frozenset[str]]) -> None:
    stored: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Dependency.objects.filter(entry__in=wanted).values_list("entry_id", "key", "pk")
    for entry_id, key, pk in rows:
        stored[entry_id][key] = pk
    gone = [
        pk
        for entry, keys in wanted.items()
        for key, pk in stored[entry.pk].items()
        if key not in keys
    ]
    if gone:
        Dependency.objects.filter(pk__in=gone).delete()
    Dependency.objects.bulk_create(
        Dependency(entry=entry, key=key)
        for entry, keys in wanted.items()
        for key in sorted(keys - stored[entry.pk].keys())
    )
