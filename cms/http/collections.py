"""Lists and items of any resource, from stored entries: nothing is shaped at request time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cms.delivery import links
from cms.delivery.models import Entry
from cms.delivery.reads import Reads
from cms.http import cursors
from cms.http.conditional import (
    Validators,
    is_conditional,
    joined,
    json_response,
    not_modified,
)
from cms.http.listing import (
    LOCALE,
    PAGING,
    Selection,
    read_limit,
    read_ordering,
    read_selection,
    selecting_parameters,
)
from cms.http.locales import choose
from cms.http.ordering import BY_TITLE, Ordering
from cms.http.parameters import one_of, read_one, refuse_unknown
from cms.http.problems import ProblemError
from cms.http.ranking import Ranking, with_distance


def list_response(request: HttpRequest, resource: str) -> HttpResponse:
    """Answer ``GET /{resource}``: two queries whatever the length, one for a 304.

    An order by distance takes one more.
    """
    refuse_unknown(request, (*selecting_parameters(resource), *PAGING))
    limit = read_limit(request)
    view = read_one(request, "view", one_of(("summary", "full")), "summary")
    sort = read_ordering(request)
    cursor = request.GET.get("cursor")
    after = None if cursor is None else cursors.decode(cursor)
    selection = read_selection(request, resource, PAGING)
    ranking = None if sort else selection.ranking
    ordering = ranking.ordering if ranking else sort or BY_TITLE
    position = None if after is None else ordering.check(after)
    locale = selection.locale
    state = list_state(request, selection)
    if response := not_modified(request, state.validators, selection.max_age):
        locale.describe(response)
        return response
    column = "document" if view == "full" else "summary"
    if ranking:
        page = _ranked_page(selection, ranking, position, limit, column)
    else:
        page = _sorted_page(selection, ordering, position, limit, column)
    next_url = None
    if page.next is not None:
        next_url = _next_url(request, state.base_url, cursors.encode(page.next), locale.code)
    following = f'"{next_url}"' if next_url else "null"
    content = joined('{"items":[', page.items, f'],"next":{following}}}')
    response = json_response(content, state.validators, selection.max_age)
    if next_url:
        response["Link"] = f'<{next_url}>; rel="next"'
    locale.describe(response)
    return response


@dataclass(frozen=True)
class _Page:
    """The JSON texts of the items of a page, and the position after which the next one begins."""

    items: list[str]
    next: list[Any] | None


def _sorted_page(
    selection: Selection, ordering: Ordering, position: list[Any] | None, limit: int, column: str
) -> _Page:
    entries = selection.entries()
    if position is not None:
        entries = entries.filter(ordering.after(position))
    entries = entries.order_by(*ordering.order_by)
    if selection.narrowings:
        # Documents are read of the page only, not of all that has to be sorted.
        chosen = entries.values("pk")[: limit + 1]
        entries = Entry.objects.filter(pk__in=chosen).order_by(*ordering.order_by)
    if selection.ranking is None:
        found = list(entries.values_list(*ordering.columns, column)[: limit + 1])
        items = [row[-1] for row in found[:limit]]
    else:
        columns = (*ordering.columns, column, "distance", "exact")
        found = list(selection.ranking.measured(entries).values_list(*columns)[: limit + 1])
        items = [with_distance(*row[-3:]) for row in found[:limit]]
    return _Page(items, ordering.position(found[limit - 1]) if len(found) > limit else None)


def _ranked_page(
    selection: Selection, ranking: Ranking, position: list[Any] | None, limit: int, column: str
) -> _Page:
    """Objects are ranked without their documents, which are then read of this page only."""
    found = ranking.page(selection.among(), position, limit + 1)
    shown = found[:limit]
    entries = selection.unfiltered().filter(public_id__in=[public_id for _, public_id, _ in shown])
    texts = dict(entries.values_list("public_id", column))
    items = [
        with_distance(texts[public_id], distance, exact)
        for distance, public_id, exact in shown
        if public_id in texts
    ]
    following = ranking.ordering.position(found[limit - 1]) if len(found) > limit else None
    return _Page(items, following)


def _next_url(request: HttpRequest, base_url: str, cursor: str, locale: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    query["locale"] = locale
    return f"{base_url}{request.path}?{query.urlencode()}"


def item_response(request: HttpRequest, resource: str, public_id: UUID) -> HttpResponse:
    """Answer ``GET /{resource}/{id}``: one query, and for a 304 one that loads no document."""
    refuse_unknown(request, (LOCALE,))
    locale = choose(request, request.GET.get("locale"))
    # There is one row at most: neither an order nor another condition has to be written as SQL.
    entries = Entry.objects.filter(resource=resource, public_id=public_id, locale=locale.code)
    if is_conditional(request):
        for etag, modified, deleted in entries.values_list("etag", "modified", "deleted"):
            held = Validators(etag, modified)
            response = None if deleted else not_modified(request, held)
            if response is not None:
                locale.describe(response)
                return response
    rows = entries.values_list("document", "etag", "modified", "deleted")
    document, etag, modified, deleted = next(iter(rows), ("", "", None, True))
    if deleted:
        raise ProblemError(404, "There is no such object.")
    response = json_response(document, Validators(etag, modified))
    locale.describe(response)
    return response


@dataclass(frozen=True)
class ListState:
    """What a list depends on: its validators, and the root of the addresses it gives."""

    validators: Validators
    base_url: str


def list_state(request: HttpRequest, selection: Selection) -> ListState:
    """Return the validators of a list from what its selection has read. No query.

    The tag is of the state of what is listed, the canonical query and the locale. An answer that
    depends on the clock has its minute in it. A filtered list tells no time of change: what it is
    filtered by may change without any document.
    """
    query = urlencode(sorted((name, value) for name, v in request.GET.lists() for value in v))
    base_url = selection.base_url or links.base_url(Reads())
    place = (request.path, selection.locale.code, query, base_url)
    parts = (selection.state, *place, selection.moment)
    etag = f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
    modified = None if selection.narrowings else selection.modified
    return ListState(Validators(etag, modified), base_url)
