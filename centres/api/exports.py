"""The exports of centres: maps, tables, lines of JSON, structured data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from centres.exports.geojson import feature_collection
from centres.exports.structured_data import legislation, service
from centres.exports.table import INTERNATIONAL, ITALIAN, Dialect, table
from cms.delivery.models import Entry
from cms.delivery.projection import dump
from cms.http.conditional import Validators, described, not_modified
from cms.http.exports import Export, Rows, export_response
from cms.http.listing import LOCALE, Selection
from cms.http.locales import choose
from cms.http.parameters import refuse_unknown
from cms.http.problems import ProblemError

GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8"
NDJSON = "application/x-ndjson"
JSON_LD = "application/ld+json"


def _features(rows: Rows, _selection: Selection) -> Iterable[str]:
    return feature_collection(rows)


def _lines(rows: Rows, _selection: Selection) -> Iterable[str]:
    return (f"{document}\n" for (document,) in rows)


MAP = Export("centres", GEOJSON, ("summary", "document"), _features)
LINES = Export("centres", NDJSON, ("document",), _lines)


def centres_map(request: HttpRequest) -> HttpResponseBase:
    """Answer ``GET /centres.geojson``."""
    return export_response(request, MAP)


def centres_lines(request: HttpRequest) -> HttpResponseBase:
    """Answer ``GET /centres.ndjson``."""
    return export_response(request, LINES)


def centres_table(request: HttpRequest) -> HttpResponseBase:
    """Answer ``GET /centres.csv``, as spreadsheets of the reader's language write it."""
    dialect = _dialect(request)
    export = Export(
        "centres",
        CSV,
        ("document",),
        lambda rows, _selection: table(rows, dialect),
        filename="centres.csv",
        variant=dialect.name,
    )
    response = export_response(request, export)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _dialect(request: HttpRequest) -> Dialect:
    header = request.headers.get("Accept-Language", "")[:500]
    first = next(iter(parse_accept_lang_header(header)), ("", 0.0))[0]
    return ITALIAN if first.partition("-")[0] == "it" else INTERNATIONAL


def centre_structured_data(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer ``GET /centres/{id}.jsonld``; without a complete address there is nothing to say."""
    return _structured_data(request, "centres", public_id, service)


def act_structured_data(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer ``GET /legal-references/{id}.jsonld``."""
    return _structured_data(request, "legal-references", public_id, legislation)


def _structured_data(
    request: HttpRequest,
    resource: str,
    public_id: UUID,
    describe: Callable[[dict[str, Any]], dict[str, Any] | None],
) -> HttpResponse:
    refuse_unknown(request, (LOCALE,))
    locale = choose(request, request.GET.get("locale"))
    row = (
        Entry.objects.filter(
            resource=resource, public_id=public_id, locale=locale.code, deleted=False
        )
        .values_list("document", "etag", "modified")
        .first()
    )
    if row is None:
        raise ProblemError(404, "There is no such object.")
    document, validators = row[0], Validators(*row[1:])
    content = describe(json.loads(document))
    if content is None:
        raise ProblemError(
            404,
            "No seat of this centre that is in use has a complete address (street, postal code, "
            "comune): national guidelines ask to leave its structured data out.",
        )
    response = not_modified(request, validators) or described(
        HttpResponse(dump(content), content_type=JSON_LD), validators
    )
    locale.describe(response)
    return response
