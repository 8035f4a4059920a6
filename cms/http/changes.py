"""The feed: everything that is visible now, then every change since, in order of commit.

A client that follows the cursor holds, at each end of feed, exactly what the lists show.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from cms.delivery import links, resources
from cms.delivery.models import Entry, Feed
from cms.delivery.reads import Reads
from cms.http import cursors
from cms.http.conditional import joined
from cms.http.listing import CURSOR, FALLBACK, LIMIT, LOCALE, read_limit
from cms.http.locales import configured
from cms.http.parameters import Parameter, one_of, read_one, refuse_unknown
from cms.http.problems import ProblemError

RESOURCE = Parameter(
    "resource",
    "Only changes of this resource.",
    {"type": "string", "maxLength": 40, "pattern": "^[a-z-]+$"},
)
"""The names of all resources are added when the API is made."""
PARAMETERS = (CURSOR, LIMIT, RESOURCE, LOCALE, FALLBACK)


def parameters() -> tuple[Parameter, ...]:
    """Return the parameters of the feed, with the resources that are installed now."""
    names = [resource.name for resource in resources.served_resources()]
    known = replace(RESOURCE, schema={"type": "string", "enum": sorted(names)})
    return tuple(known if item is RESOURCE else item for item in PARAMETERS)


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
    limit = read_limit(request, default=100)
    feed = Feed.objects.filter(pk=Feed.SINGLETON).first() or Feed(head=0)
    base_url = feed.base_url or links.base_url(Reads())
    position = _position(request, feed)
    rows = list(_entries(position).defer("summary").order_by("sequence")[: limit + 1])
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
    next_url = f"{base_url}{request.path}?{query}"
    ending = f'],"next":{json.dumps(next_url)},"at_end":{"true" if at_end else "false"}}}'
    content = joined('{"items":[', (_item(entry, position) for entry in page), ending)
    response = HttpResponse(content, content_type="application/json")
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
        names = [resource.name for resource in resources.served_resources()]
        return Position(
            feed_id=str(feed.feed_id),
            sequence=0,
            start=feed.head,
            resource=read_one(request, "resource", one_of(names), ""),
            locale=read_one(request, "locale", one_of(configured()), ""),
            fallback=read_one(request, "fallback", one_of(("true", "false")), "true"),
        )
    position = _decoded(text)
    fixed = (RESOURCE.name, LOCALE.name, FALLBACK.name)
    given = {name: request.GET[name] for name in fixed if name in request.GET}
    errors = {
        name: "It is fixed in the cursor. Start over to change it."
        for name, value in given.items()
        if value != getattr(position, name)
    }
    if errors:
        raise ProblemError(400, "The cursor was made for another query.", errors)
    if position.feed_id != str(feed.feed_id) or max(position.sequence, position.start) > feed.head:
        raise ProblemError(
            410,
            "This cursor belongs to another feed. Start over without one.",
            {"cursor": "Start over without one."},
        )
    return position


def _decoded(text: str) -> Position:
    """Read a cursor of this operation; whoever can compute the checksum can put in anything."""
    values = cursors.decode(text)
    texts, numbers = values[:1] + values[3:], values[1:3]
    if (
        len(values) != len(fields(Position))
        or not all(cursors.is_text(value) for value in texts)
        or not all(cursors.is_whole_number(value) for value in numbers)
        or texts[-1] not in ("true", "false")
    ):
        raise ProblemError(400, "The cursor is malformed.", {"cursor": "Start over."})
    return Position(*values)
