"""Lists and items of any resource, from stored entries: nothing is shaped at request time."""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, Subquery
from django.http import HttpRequest, HttpResponse

from cms.delivery.models import Entry, Feed
from cms.http import cursors
from cms.http.conditional import json_response, not_modified
from cms.http.locales import choose
from cms.http.problems import ProblemError
from cms.http.queries import choice_of, limit_of, refuse_unknown

PARAMETERS = ("limit", "cursor", "view", "locale", "fallback")


def list_response(request: HttpRequest, resource: str) -> HttpResponse:
    """Answer ``GET /{resource}``: two queries whatever the length, one for a 304."""
    refuse_unknown(request, PARAMETERS)
    limit = limit_of(request)
    view = choice_of(request, "view", ("summary", "full"), "summary")
    fallback = choice_of(request, "fallback", ("true", "false"), "true")
    locale = choose(request, request.GET.get("locale"))
    after = _after(request)
    etag = _list_etag(resource, locale.code, request)
    if response := not_modified(request, etag):
        locale.describe(response)
        return response
    entries = Entry.objects.filter(resource=resource, locale=locale.code, deleted=False)
    if fallback == "false":
        entries = entries.filter(is_fallback=False)
    if after:
        sort_key, public_id = after
        entries = entries.filter(
            Q(sort_key__gt=sort_key) | Q(sort_key=sort_key, public_id__gt=public_id)
        )
    column = "document" if view == "full" else "summary"
    rows = list(
        entries.order_by("sort_key", "public_id").values_list("sort_key", "public_id", column)[
            : limit + 1
        ]
    )
    next_url = "null"
    if len(rows) > limit:
        rows = rows[:limit]
        cursor = cursors.encode([rows[-1][0], str(rows[-1][1])])
        query = {**request.GET.dict(), "cursor": cursor, "locale": locale.code}
        next_url = f'"{request.build_absolute_uri(request.path)}?{urlencode(query)}"'
    items = ",".join(row[2] for row in rows)
    response = json_response(f'{{"items":[{items}],"next":{next_url}}}', etag)
    if next_url != "null":
        response["Link"] = f'<{next_url[1:-1]}>; rel="next"'
    locale.describe(response)
    return response


def item_response(request: HttpRequest, resource: str, public_id: UUID) -> HttpResponse:
    """Answer ``GET /{resource}/{id}``: one query, and for a 304 one that loads no document."""
    refuse_unknown(request, ("locale",))
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


def _after(request: HttpRequest) -> tuple[str, UUID] | None:
    text = request.GET.get("cursor")
    if text is None:
        return None
    sort_key, public_id = cursors.decode(text, 2)
    try:
        return str(sort_key), UUID(str(public_id))
    except ValueError as error:
        raise ProblemError(400, "The cursor is malformed.", {"cursor": "Start over."}) from error


def _list_etag(resource: str, locale: str, request: HttpRequest) -> str:
    """Of the feed, the head of the resource in it, the canonical query and the locale."""
    numbers = Entry.objects.filter(resource=resource, locale=locale, sequence__isnull=False)
    row = (
        Feed.objects.filter(pk=Feed.SINGLETON)
        .annotate(resource_head=Subquery(numbers.order_by("-sequence").values("sequence")[:1]))
        .values_list("feed_id", "resource_head")
        .first()
    )
    query = urlencode(sorted(request.GET.items()))
    text = f"{row}|{resource}|{locale}|{query}|{request.get_host()}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
