"""Lists and items of any resource, from stored entries: nothing is shaped at request time."""

from __future__ import annotations

import hashlib
import time
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse

from cms.delivery.models import Entry, Feed
from cms.http import cursors
from cms.http.conditional import joined, json_response, not_modified
from cms.http.listing import (
    LOCALE,
    PAGING,
    Selection,
    read_limit,
    read_ordering,
    read_selection,
)
from cms.http.locales import choose
from cms.http.parameters import one_of, read_one, refuse_unknown
from cms.http.problems import ProblemError


def list_response(request: HttpRequest, resource: str) -> HttpResponse:
    """Answer ``GET /{resource}``: two queries whatever the length, one for a 304."""
    selection = read_selection(request, resource, PAGING)
    limit = read_limit(request)
    view = read_one(request, "view", one_of(("summary", "full")), "summary")
    ordering = read_ordering(request, selection)
    cursor = request.GET.get("cursor")
    position = None if cursor is None else ordering.check(cursors.decode(cursor))
    locale = selection.locale
    etag = list_etag(request, selection)
    if response := not_modified(request, etag, selection.max_age):
        locale.describe(response)
        return response
    entries = selection.entries()
    if position is not None:
        entries = entries.filter(ordering.after(position))
    column = "document" if view == "full" else "summary"
    rows = list(
        entries.order_by(*ordering.order_by).values_list(*ordering.columns, column)[: limit + 1]
    )
    next_url = None
    if len(rows) > limit:
        rows = rows[:limit]
        next_url = _next_url(request, cursors.encode(ordering.position(rows[-1])), locale.code)
    following = f'"{next_url}"' if next_url else "null"
    content = joined('{"items":[', (row[-1] for row in rows), f'],"next":{following}}}')
    response = json_response(content, etag, selection.max_age)
    if next_url:
        response["Link"] = f'<{next_url}>; rel="next"'
    locale.describe(response)
    return response


def _next_url(request: HttpRequest, cursor: str, locale: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    query["locale"] = locale
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def item_response(request: HttpRequest, resource: str, public_id: UUID) -> HttpResponse:
    """Answer ``GET /{resource}/{id}``: one query, and for a 304 one that loads no document."""
    refuse_unknown(request, (LOCALE,))
    locale = choose(request, request.GET.get("locale"))
    entries = Entry.objects.filter(
        resource=resource, public_id=public_id, locale=locale.code, deleted=False
    )
    if "If-None-Match" in request.headers:
        etag = entries.values_list("etag", flat=True).first()
        if etag and (response := not_modified(request, etag)):
            locale.describe(response)
            return response
    row = entries.values_list("document", "etag").first()
    if row is None:
        raise ProblemError(404, "There is no such object.")
    response = json_response(*row)
    locale.describe(response)
    return response


def list_etag(request: HttpRequest, selection: Selection) -> str:
    """Of the feed, the head of the resource in it, the canonical query and the locale.

    An answer that depends on the clock has the minute in it. One query.
    """
    numbers = Entry.objects.filter(
        resource=selection.resource, locale=selection.locale.code, sequence__isnull=False
    )
    row = (
        Feed.objects.filter(pk=Feed.SINGLETON)
        .annotate(resource_head=Subquery(numbers.order_by("-sequence").values("sequence")[:1]))
        .values_list("feed_id", "resource_head")
        .first()
    )
    query = urlencode(sorted((name, value) for name, v in request.GET.lists() for value in v))
    moment = int(time.time() // selection.max_age) if selection.max_age else 0
    parts = (row, request.path, selection.locale.code, query, request.get_host(), moment)
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
