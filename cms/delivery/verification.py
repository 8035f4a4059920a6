"""Whether the store tells the truth: every stored document equals a fresh build."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from cms.delivery import resources
from cms.delivery.drain import Target, all_targets
from cms.delivery.facets import stored_facets
from cms.delivery.models import Entry, Feed
from cms.delivery.projection import Projection, project
from cms.delivery.reads import Reads
from cms.delivery.search_text import stored_search_text


def discrepancies() -> list[str]:
    """Return what is wrong, one line each; an empty list means that nothing is.

    Meaningful when nothing is marked or pending. Reads everything, stores nothing.
    """
    found = []
    stored = {
        (entry.resource, entry.public_id, entry.locale): entry for entry in Entry.objects.all()
    }
    owned: dict[tuple[UUID | None, str, str], list[UUID]] = defaultdict(list)
    for entry in stored.values():
        owned[entry.owner, entry.locale, entry.resource].append(entry.public_id)
    reads = Reads()
    for name, public_id, locale in sorted(all_targets(), key=str):
        resource = resources.get(name)
        projection = project(resource, public_id, locale, reads)
        found += _compared(name, public_id, locale, projection, stored)
        if resource.parts is not None:
            parts = resource.parts.name
            known = owned.get((public_id, locale, parts), [])
            absent = Projection(reason="deleted")
            for key, part in {**dict.fromkeys(known, absent), **projection.parts}.items():
                found += _compared(parts, key, locale, part, stored)
    feed = Feed.objects.filter(pk=Feed.SINGLETON).first()
    head = feed.head if feed else 0
    beyond = [entry for entry in stored.values() if (entry.sequence or 0) > head]
    found += [f"{entry}: its number is beyond the head {head}" for entry in beyond]
    return found


def _compared(
    name: str, public_id: UUID, locale: str, projection: Projection, stored: dict[Target, Entry]
) -> list[str]:
    entry = stored.get((name, public_id, locale))
    problems = [_document_problem(entry, projection)]
    if projection.facets is not None and stored_facets(name, public_id) != projection.facets:
        problems.append("the stored facets differ from a fresh build")
    if entry is not None and stored_search_text(entry) != projection.search:
        problems.append("the stored search text differs from a fresh build")
    return [f"{name}/{public_id}/{locale}: {problem}" for problem in problems if problem]


def _document_problem(entry: Entry | None, projection: Projection) -> str | None:
    if projection.content is None:
        if entry is None or (entry.deleted and not entry.document and not entry.summary):
            return None
        return "it is shown, but is not public"
    if entry is None or entry.deleted:
        return "it is public, but is not shown"
    if entry.content_hash != projection.content_hash:
        return "the stored document differs from a fresh build"
    return None
