"""Lists and items of any resource, from stored entries: nothing is shaped at request time."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse

from cms.delivery import links
from cms.delivery.models import Entry, Feed
from cms.delivery.reads import Reads
from cms.http import cursors
from cms.http.conditional import Validators, is_conditional, json_response, not_modified
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
    state = list_state(request, selection)
    if response := not_modified(request, state.validators, selection.max_age):
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
        cursor = cursors.encode(ordering.position(rows[-1]))
        next_url = _next_url(request, state.base_url, cursor, locale.code)
    items = ",".join(row[-1] for row in rows)
    following = f'"{next_url}"' if next_url else "null"
    content = f'{{"items":[{items}],"next":{following}}}'
    response = json_response(content, state.validators, selection.max_age)
    if next_url:
        response["Link"] = f'<{next_url}>; rel="next"'
    locale.describe(response)
    return response


def _next_url(request: HttpRequest, base_url: str, cursor: str, locale: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    query["locale"] = locale
    return f"{base_url}{request.path}?{query.urlencode()}"


def item_response(request: HttpRequest, resource: str, public_id: UUID) -> HttpResponse:
    """Answer ``GET /{resource}/{id}``: one query, and for a 304 one that loads no document."""
    refuse_unknown(request, (LOCALE,))
    locale = choose(request, request.GET.get("locale"))
    entries = Entry.objects.filter(
        resource=resource, public_id=public_id, locale=locale.code, deleted=False
    )
    if is_conditional(request):
        held = entries.values_list("etag", "modified").first()
        if held and (response := not_modified(request, Validators(*held))):
            locale.describe(response)
            return response
    row = entries.values_list("document", "etag", "modified").first()
    if row is None:
        raise ProblemError(404, "There is no such object.")
    response = json_response(row[0], Validators(*row[1:]))
    locale.describe(response)
    return response


@dataclass(frozen=True)
class ListState:
    """What a list depends on: its validators, and the root of the addresses it gives."""

    validators: Validators
    base_url: str


def list_state(request: HttpRequest, selection: Selection) -> ListState:
    """Read the feed and the head of the resource in it; one query.

    The tag is of these, the canonical query and the locale. An answer that depends on the clock has
    the minute in it, and no time of change.
    """
    numbers = Entry.objects.filter(
        resource=selection.resource, locale=selection.locale.code, sequence__isnull=False
    ).order_by("-sequence")
    row = (
        Feed.objects.filter(pk=Feed.SINGLETON)
        .annotate(
            resource_head=Subquery(numbers.values("sequence")[:1]),
            resource_modified=Subquery(numbers.values("modified")[:1]),
        )
        .values_list("feed_id", "base_url", "resource_head", "resource_modified")
        .first()
    )
    feed_id, base_url, head, modified = row or (None, "", None, None)
    base_url = base_url or links.base_url(Reads())
    query = urlencode(sorted((name, value) for name, v in request.GET.lists() for value in v))
    moment = int(time.time() // selection.max_age) if selection.max_age else 0
    parts = (feed_id, head, request.path, selection.locale.code, query, base_url, moment)
    etag = f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
    return ListState(Validators(etag, None if selection.max_age else modified), base_url)
