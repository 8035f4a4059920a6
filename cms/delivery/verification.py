"""Whether the store tells the truth: every stored document equals a fresh build."""

from __future__ import annotations

from cms.delivery import resources
from cms.delivery.drain import Target, all_targets
from cms.delivery.models import Entry, Feed
from cms.delivery.projection import project
from cms.delivery.reads import Reads


def discrepancies() -> list[str]:
    """Return what is wrong, one line each; an empty list means that nothing is.

    Meaningful when nothing is marked or pending. Reads everything, stores nothing.
    """
    found = []
    stored = {
        (entry.resource, entry.public_id, entry.locale): entry for entry in Entry.objects.all()
    }
    reads = Reads()
    for target in sorted(all_targets(), key=str):
        if (line := _compare(target, stored.get(target), reads)) is not None:
            found.append(f"{target[0]}/{target[1]}/{target[2]}: {line}")
    feed = Feed.objects.filter(pk=Feed.SINGLETON).first()
    head = feed.head if feed else 0
    beyond = [entry for entry in stored.values() if (entry.sequence or 0) > head]
    found += [f"{entry}: its number is beyond the head {head}" for entry in beyond]
    return found


def _compare(target: Target, entry: Entry | None, reads: Reads) -> str | None:
    name, public_id, locale = target
    projection = project(resources.get(name), public_id, locale, reads)
    if projection.content is None:
        if entry is None or (entry.deleted and not entry.document and not entry.summary):
            return None
        return "it is shown, but is not public"
    if entry is None or entry.deleted:
        return "it is public, but is not shown"
    if entry.content_hash != projection.content_hash:
        return "the stored document differs from a fresh build"
    return None
