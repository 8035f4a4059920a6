"""Exports: everything that a request selects, in another format, from the stored documents.

They take the parameters that choose among the items of a list, and have no pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from cms.http.collections import list_state
from cms.http.conditional import Validators, described, not_modified
from cms.http.listing import Selection, read_selection
from cms.http.ordering import BY_TITLE

CHUNK = 200
"""How many rows are in memory at once, whatever the length of the export."""

Rows = Iterator[tuple[str, ...]]


@dataclass(frozen=True)
class Export:
    """A format of a resource's entries.

    ``write`` gets the values of *columns* of each entry, in order of title, and yields text as it
    goes. ``filename`` is offered to browsers that save it. ``variant`` tells apart answers that
    differ by a header of the request.
    """

    resource: str
    media_type: str
    columns: tuple[str, ...]
    write: Callable[[Rows, Selection], Iterable[str | bytes]]
    filename: str = ""
    variant: str = ""


def export_response(request: HttpRequest, export: Export) -> HttpResponseBase:
    """Answer with an export: two queries whatever its length, one for a 304."""
    selection = read_selection(request, export.resource)
    validators = list_state(request, selection).validators
    if export.variant:
        etag = f'{validators.etag[:-1]}-{export.variant}"'
        validators = Validators(etag, validators.modified)
    response: HttpResponseBase | None = not_modified(request, validators, selection.max_age)
    if response is None:
        rows = (
            selection.entries()
            .order_by(*BY_TITLE.order_by)
            .values_list(*export.columns)
            .iterator(chunk_size=CHUNK)
        )
        response = StreamingHttpResponse(
            export.write(rows, selection), content_type=export.media_type
        )
        described(response, validators, selection.max_age)
        if export.filename:
            response["Content-Disposition"] = f'attachment; filename="{export.filename}"'
    selection.locale.describe(response)
    return response
