"""The operations that this app adds to the API: exports, calendars, structured data, comuni."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Path
from pydantic import WithJsonSchema

from centres.api import calendars, comuni, exports
from centres.exports.geojson import SeatFeatureCollection
from centres.exports.structured_shapes import LinkedLegislation, LinkedService
from cms.http.listing import LOCALE, selecting_parameters
from cms.http.operations import TextAnswer, described, register_operations
from cms.http.resource_operations import PublicId
from cms.http.shapes import Problem

WHOLE = "Takes the filters of the list and has no pages: it is streamed, in order of title."
IstatCode = Annotated[
    str,
    Path(),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{6}$", "maxLength": 6}),
]

Answer = Callable[[HttpRequest], HttpResponseBase]
ItemAnswer = Callable[[HttpRequest, UUID], HttpResponseBase]


@register_operations
def add_exports(api: NinjaAPI) -> None:
    """Add the exports of whole lists."""

    def add(
        path: str, answer: Answer, media_type: str, shape: object, texts: tuple[str, str, str]
    ) -> None:
        name, summary, description = texts
        resource = path.partition(".")[0]

        @api.get(
            f"/{path}",
            response={200: shape, 304: None, 400: Problem},
            operation_id=name,
            summary=summary,
            description=f"{description} {WHOLE}",
            tags=["Exports"],
            openapi_extra=described(selecting_parameters(resource), media_type),
        )
        def export(request: HttpRequest) -> HttpResponseBase:
            return answer(request)

    add(
        "centres.geojson",
        exports.centres_map,
        exports.GEOJSON,
        SeatFeatureCollection,
        (
            "export_centres_geojson",
            "Centres on a map",
            "GeoJSON (RFC 7946): a feature for each seat with a point, which says how precise it "
            "is; a feature without geometry for a centre none of whose seats has one.",
        ),
    )
    add(
        "centres.csv",
        exports.centres_table,
        exports.CSV,
        TextAnswer,
        (
            "export_centres_csv",
            "Centres as a table",
            "A row for each centre. Readers whose Accept-Language begins with Italian get what "
            "Italian spreadsheets open: semicolons, decimal commas, a byte order mark. Cells that "
            "would be run as formulas have an apostrophe in front.",
        ),
    )
    add(
        "centres.ndjson",
        exports.centres_lines,
        exports.NDJSON,
        TextAnswer,
        ("export_centres_ndjson", "Centres as lines of JSON", "A full document on each line."),
    )
    add(
        "activities.ics",
        calendars.activities_calendar,
        calendars.MEDIA_TYPE,
        TextAnswer,
        (
            "export_activities_ics",
            "Activities as a calendar",
            "iCalendar (RFC 5545): an event for each single date and for each recurrence. "
            "Recurrences begin after the last change of the activity and leave out closures and "
            "public holidays for two years from there. Activities that state neither have none.",
        ),
    )


@register_operations
def add_item_exports(api: NinjaAPI) -> None:
    """Add the exports of single objects."""

    def add(
        path: str, answer: ItemAnswer, media_type: str, shape: object, texts: tuple[str, str, str]
    ) -> None:
        name, summary, description = texts

        @api.get(
            path,
            response={200: shape, 304: None, 400: Problem, 404: Problem},
            operation_id=name,
            summary=summary,
            description=description,
            tags=["Exports"],
            by_alias=True,
            openapi_extra=described((LOCALE,), media_type),
        )
        def export_item(request: HttpRequest, id: PublicId) -> HttpResponseBase:
            return answer(request, id)

    add(
        "/centres/{uuid:id}.ics",
        calendars.centre_calendar,
        calendars.MEDIA_TYPE,
        TextAnswer,
        (
            "export_centre_ics",
            "The activities of a centre as a calendar",
            "iCalendar (RFC 5545), as for all activities.",
        ),
    )
    add(
        "/centres/{uuid:id}.jsonld",
        exports.centre_structured_data,
        exports.JSON_LD,
        LinkedService,
        (
            "export_centre_jsonld",
            "A centre as structured data",
            "A schema.org GovernmentService. 404 also where no seat in use has a complete "
            "address, as the national guidelines ask.",
        ),
    )
    add(
        "/legal-references/{uuid:id}.jsonld",
        exports.act_structured_data,
        exports.JSON_LD,
        LinkedLegislation,
        (
            "export_legal_reference_jsonld",
            "An act as structured data",
            "A schema.org Legislation, in the terms of the European Legislation Identifier.",
        ),
    )


@register_operations
def add_comuni(api: NinjaAPI) -> None:
    """Add the reference list of comuni."""
    note = (
        "Reference data of ISTAT, which filters speak of: official names, the same in every "
        "language. It is no content: it has no translations, and /changes does not tell of it."
    )

    @api.get(
        "/comuni",
        response={200: comuni.ComuneList, 304: None, 400: Problem},
        operation_id="list_comuni",
        summary="List comuni",
        description=note,
        tags=["Comuni"],
        openapi_extra=described(comuni.PARAMETERS),
    )
    def list_comuni(request: HttpRequest) -> HttpResponseBase:
        return comuni.comuni_response(request)

    @api.get(
        "/comuni/{istat_code}",
        response={200: comuni.ComuneDocument, 304: None, 400: Problem, 404: Problem},
        operation_id="read_comune",
        summary="One of the comuni",
        description=note,
        tags=["Comuni"],
    )
    def read_comune(request: HttpRequest, istat_code: IstatCode) -> HttpResponseBase:
        return comuni.comune_response(request, istat_code)
