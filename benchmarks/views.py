"""Views to compare with: they stand below the API prefix, behind the API's own middleware."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cms.delivery.models import Entry, Feed

_constant: dict[int, bytes] = {}


def constant(request: HttpRequest, size: int) -> HttpResponse:
    """Answer *size* bytes and touch nothing."""
    if size not in _constant:
        _constant[size] = b'"' + b"x" * (size - 2) + b'"'
    return HttpResponse(_constant[size], content_type="application/json")


def joined(request: HttpRequest) -> HttpResponse:
    """Select the stored documents of the first page of the list and join them."""
    entries = Entry.objects.filter(resource="centres", locale="it", deleted=False)
    rows = entries.order_by("sort_key", "public_id").values_list("document", flat=True)[:100]
    content = f'{{"items":[{",".join(rows)}],"next":null}}'
    return HttpResponse(content, content_type="application/json")


def indexed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a 304 after one select by a unique index."""
    entries = Entry.objects.filter(resource="centres", public_id=public_id, locale="it")
    etag = entries.values_list("etag", flat=True).first()
    return HttpResponse(status=304, headers={"ETag": etag or ""})


def head(request: HttpRequest) -> HttpResponse:
    """Answer a 304 after one select of the single row of the feed."""
    row = Feed.objects.filter(pk=Feed.SINGLETON).values_list("head", flat=True).first()
    return HttpResponse(status=304, headers={"ETag": f'"{row}"'})
