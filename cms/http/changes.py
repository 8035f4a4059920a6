"""The feed: everything that is visible now, then every change since, in order of commit.

A client that follows the cursor holds, at each end of feed, exactly what the lists show.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from cms.delivery import resources
from cms.delivery.models import Entry, Feed
from cms.http import cursors
from cms.http.locales import configured
from cms.http.problems import ProblemError
from cms.http.queries import choice_of, limit_of, refuse_unknown

PARAMETERS = ("cursor", "limit", "resource", "locale", "fallback")


@dataclass(frozen=True)
class Position:
    """Where a client is: the number it has read up to, and the head when it began."""

    feed_id: str
    sequence: int
    start: int
    resource: str
    locale: str
    fallback: str

    def encode(self) -> str:
        return cursors.encode(
            [self.feed_id, self.sequence, self.start, self.resource, self.locale, self.fallback]
        )


def changes_response(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /changes`` with two queries."""
    refuse_unknown(request, PARAMETERS)
    limit = limit_of(request, default=100)
    feed = Feed.objects.filter(pk=Feed.SINGLETON).first() or Feed(head=0)
    position = _position(request, feed)
    rows = list(_entries(position).order_by("sequence")[: limit + 1])
    page, at_end = rows[:limit], len(rows) <= limit
    if page and page[-1].sequence is not None:
        position = Position(
            position.feed_id,
            page[-1].sequence,
            position.start,
            position.resource,
            position.locale,
            position.fallback,
        )
    query = urlencode({"cursor": position.encode(), "limit": limit})
    next_url = f"{request.build_absolute_uri(request.path)}?{query}"
    items = ",".join(_item(entry, position) for entry in page)
    ending = f'"next":{json.dumps(next_url)},"at_end":{"true" if at_end else "false"}'
    response = HttpResponse(f'{{"items":[{items}],{ending}}}', content_type="application/json")
    response["Cache-Control"] = "no-store" if at_end else "public, max-age=0, s-maxage=5"
    response["Link"] = f'<{next_url}>; rel="next"'
    return response


def _entries(position: Position) -> QuerySet[Entry]:
    entries = Entry.objects.filter(sequence__gt=position.sequence)
    if position.resource:
        entries = entries.filter(resource=position.resource)
    if position.locale:
        entries = entries.filter(locale=position.locale)
    # What had gone before the first replay began is of no use to its reader.
    absent = Q(deleted=True)
    if position.fallback == "false":
        absent |= Q(is_fallback=True)
    return entries.exclude(absent & Q(sequence__lte=position.start))


def _item(entry: Entry, position: Position) -> str:
    head = {
        "resource": entry.resource,
        "id": str(entry.public_id),
        "locale": entry.locale,
        "sequence": entry.sequence,
    }
    hidden = position.fallback == "false" and entry.is_fallback
    if entry.deleted or hidden:
        reason = "untranslated" if hidden else entry.reason
        return json.dumps({"change": "tombstone", **head, "reason": reason})
    opening = json.dumps({"change": "upsert", **head})
    return f'{opening[:-1]}, "document": {entry.document}}}'


def _position(request: HttpRequest, feed: Feed) -> Position:
    text = request.GET.get("cursor")
    if text is None:
        names = [resource.name for resource in resources.all_resources()]
        return Position(
            feed_id=str(feed.feed_id),
            sequence=0,
            start=feed.head,
            resource=choice_of(request, "resource", ["", *names], ""),
            locale=choice_of(request, "locale", ["", *configured()], ""),
            fallback=choice_of(request, "fallback", ("true", "false"), "true"),
        )
    feed_id, sequence, start, resource, locale, fallback = cursors.decode(text, 6)
    position = Position(feed_id, sequence, start, resource, locale, fallback)
    given = {name: request.GET[name] for name in PARAMETERS[2:] if name in request.GET}
    errors = {
        name: "It is fixed in the cursor. Start over to change it."
        for name, value in given.items()
        if value != getattr(position, name)
    }
    if errors:
        raise ProblemError(400, "The cursor was made for another query.", errors)
    if not isinstance(sequence, int) or not isinstance(start, int) or sequence < 0:
        raise ProblemError(400, "The cursor is malformed.", {"cursor": "Start over."})
    if feed_id != str(feed.feed_id) or sequence > feed.head:
        raise ProblemError(410, "This cursor belongs to another feed. Start over without one.")
    return position
