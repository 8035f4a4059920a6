"""The drain: marks become pending entries, and pending entries become documents.

It opens a transaction of its own, takes the lock of the feed first, builds from the database, and
deletes only the marks it read before. A process that dies in between has lost nothing: the marks
are still there, and the worker drains them.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from wagtail.models import Locale, Page, TranslatableMixin

from cms.delivery import keys, links, resources
from cms.delivery.feed_lock import lock_feed
from cms.delivery.marking import marks_were_read
from cms.delivery.models import Dependency, Entry, Feed, Mark, Pending
from cms.delivery.projection import project
from cms.delivery.reads import Reads
from cms.delivery.resources import Resource
from cms.delivery.store import Projected, store

logger = logging.getLogger(__name__)

CHUNK = 20
"""How many entries are built under one lock, so that no editor waits for the next."""

MARKS = 1000
"""How many marks one drain reads."""

MAX_FAILURES = 5
"""After so many failed builds an entry waits for the next mark or for ``rebuild_entries``."""

Target = tuple[str, UUID, str]


def drain_own() -> None:
    """Project the writers' own objects in their own locales; leave the rest to the worker.

    What depends on them is not even looked for here: the marks stay, and an editor who renames a
    term waits as long whether a thousand centres name it or none.
    """
    while Mark.objects.exclude(locale="").exists():
        with transaction.atomic():
            feed = lock_feed()
            marks = list(Mark.objects.exclude(locale="").order_by("id")[:MARKS])
            marks_were_read()
            own = _written(marks)
            add_pending(own)
            _project(feed, _pending_of(own))
            Mark.objects.filter(pk__in=[mark.pk for mark in marks]).update(locale="")


def drain(limit: int = CHUNK) -> int:
    """Expand all marks, build one chunk; return how many entries were built."""
    with transaction.atomic():
        feed = lock_feed()
        _expand()
        waiting = Pending.objects.filter(failures__lt=MAX_FAILURES).order_by("failures", "id")
        return _project(feed, list(waiting[:limit]))


def drain_all() -> int:
    """Drain until nothing waits; return how many entries were built."""
    total = 0
    while (built := drain()) or Mark.objects.exists():
        total += built
    return total


def _written(marks: list[Mark]) -> set[Target]:
    """Return the targets that the writers of *marks* wait for."""
    by_locale: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        by_locale[mark.locale].add(mark.key)
    return {
        (name, public_id, locale)
        for locale, written in by_locale.items()
        for name, public_id in _objects(written)
    }


def _expand() -> None:
    """Turn marks into pending entries."""
    marks = list(Mark.objects.order_by("id")[:MARKS])
    marks_were_read()
    if not marks:
        return
    locales = list(Locale.objects.values_list("language_code", flat=True))
    touched = {mark.key for mark in marks}
    targets = _dependents(touched)
    for resource_name, public_id in _objects(touched):
        targets.update((resource_name, public_id, locale) for locale in locales)
    add_pending(targets)
    Mark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()


def add_pending(targets: Iterable[Target]) -> None:
    """Put *targets* on the list, once each; one that had failed gets a new chance."""
    # In this order an object's languages are built together: what they look at is read once.
    ordered = sorted(targets, key=lambda target: (target[0], target[1], target[2]))
    rows = [Pending(resource=name, public_id=pk, locale=locale) for name, pk, locale in ordered]
    for start in range(0, len(rows), 500):
        Pending.objects.bulk_create(
            rows[start : start + 500],
            update_conflicts=True,
            unique_fields=["resource", "public_id", "locale"],
            update_fields=["failures", "error"],
        )


def all_targets() -> set[Target]:
    """Return every object of every resource in every locale, and every entry that is stored."""
    targets: set[Target] = set(
        Entry.objects.filter(owner__isnull=True).values_list("resource", "public_id", "locale")
    )
    locales = list(Locale.objects.values_list("language_code", flat=True))
    for resource in resources.all_resources():
        for model in resource.models:
            field = "translation_key" if issubclass(model, TranslatableMixin) else "public_id"
            ids = model._default_manager.values_list(field, flat=True).distinct()
            targets.update((resource.name, pk, locale) for pk in ids for locale in locales)
    return targets


def _dependents(touched: set[str]) -> set[Target]:
    if keys.EVERYTHING in touched:
        return all_targets()
    found: set[Target] = set()
    listed = sorted(touched)
    for start in range(0, len(listed), 500):
        found.update(
            Dependency.objects.filter(key__in=listed[start : start + 500]).values_list(
                "entry__resource", "entry__public_id", "entry__locale"
            )
        )
    return found


def _objects(touched: set[str]) -> set[tuple[str, UUID]]:
    """Return the objects that the keys name, whether or not they have an entry yet."""
    found: set[tuple[str, UUID]] = set()
    by_label = {
        model._meta.label_lower: item.name
        for item in resources.all_resources()
        for model in item.models
    }
    page_ids = []
    for key in touched:
        kind, _separator, value = key.partition(":")
        if kind == "page":
            page_ids.append(UUID(value))
        elif kind in by_label:
            found.add((by_label[kind], UUID(value)))
    if page_ids:
        pages = Page.objects.filter(translation_key__in=page_ids).values_list(
            "translation_key", "content_type__app_label", "content_type__model"
        )
        found.update(
            (by_label[f"{app}.{model}"], key)
            for key, app, model in pages
            if f"{app}.{model}" in by_label
        )
        stored = Entry.objects.filter(resource__in=by_label.values(), public_id__in=page_ids)
        found.update(stored.values_list("resource", "public_id"))
    return found


def _pending_of(targets: set[Target]) -> list[Pending]:
    if not targets:
        return []
    rows = Pending.objects.filter(
        resource__in={name for name, _public_id, _ in targets},
        public_id__in={public_id for _name, public_id, _ in targets},
    )
    return [row for row in rows if (row.resource, row.public_id, row.locale) in targets]


def _reads_for(waiting: list[Pending]) -> Reads:
    """Return reads that hold all objects of a chunk: a query for each would be most of the work."""
    wanted: dict[Resource, set[UUID]] = defaultdict(set)
    for row in waiting:
        wanted[resources.get(row.resource)].add(row.public_id)
    built_before = Dependency.objects.filter(
        entry__resource__in={row.resource for row in waiting},
        entry__public_id__in={row.public_id for row in waiting},
    )
    reads = Reads((row.public_id, row.locale) for row in waiting)
    reads.preload(wanted, built_before.values_list("key", flat=True).distinct())
    return reads


def _project(feed: Feed, waiting: list[Pending]) -> int:
    """Build and store *waiting*; return how many of them could be."""
    reads = _reads_for(waiting)
    built = [(row, item) for row in waiting if (item := _built(row, reads)) is not None]
    done = _stored(feed, built)
    Pending.objects.filter(pk__in=done).delete()
    if done:
        feed.base_url = links.base_url(reads)
    feed.save(update_fields=["head", "base_url", "filter_changes"])
    return len(done)


def _built(row: Pending, reads: Reads) -> Projected | None:
    """Build one entry; a build that fails holds up no other."""
    try:
        with transaction.atomic():
            resource = resources.get(row.resource)
            projection = project(resource, row.public_id, row.locale, reads)
    except Exception as error:
        _failed(row, error)
        return None
    return Projected(resource, row.public_id, row.locale, projection)


def _stored(feed: Feed, built: list[tuple[Pending, Projected]]) -> list[int]:
    """Store all at once or, where one of them cannot be stored, each by itself."""
    if not built:
        return []
    numbers = feed.head, feed.filter_changes
    try:
        with transaction.atomic():
            store(feed, [item for _row, item in built])
    except Exception as error:
        feed.head, feed.filter_changes = numbers
        if len(built) > 1:
            return [pk for pair in built for pk in _stored(feed, [pair])]
        _failed(built[0][0], error)
        return []
    return [row.pk for row, _item in built]


def _failed(row: Pending, error: Exception) -> None:
    logger.error("Could not build %s", row, exc_info=error)
    row.failures += 1
    row.error = f"{type(error).__name__}: {error}"[:2000]
    row.save(update_fields=["failures", "error"])
