"""Centres on a map: GeoJSON (RFC 7946), one feature per seat whose point is known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from ninja import Schema
from pydantic import Field

from centres.documents.centres import CentreSummary, SeatPart
from cms.delivery.schemas import Code, Numbered

Degrees = Annotated[float, Field(ge=-180, le=180, json_schema_extra={"format": "double"})]


class PointGeometry(Schema):
    """WGS 84, longitude first (RFC 7946, section 4)."""

    type: Literal["Point"]
    coordinates: list[Degrees] = Field(
        min_length=2, max_length=2, description="Longitude, then latitude."
    )


class SeatProperties(CentreSummary, Numbered):
    """The summary of the centre, with the seat that the point is of.

    ``precision`` is ``exact``, or ``comune`` for the centre of the comune: good for distances, not
    for a pin.
    """

    precision: Code | None = None
    seat: SeatPart | None = None


class SeatFeature(Schema):
    """A seat with a point; or, without geometry, a centre none of whose seats has one."""

    type: Literal["Feature"]
    id: UUID
    geometry: PointGeometry | None
    properties: SeatProperties


class SeatFeatureCollection(Schema):
    type: Literal["FeatureCollection"]
    features: list[SeatFeature] = Field(max_length=100_000)


def feature_collection(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a collection from pairs of stored summary and document, a centre at a time."""
    yield '{"type":"FeatureCollection","features":['
    separator = ""
    for summary, document in rows:
        for feature in features(json.loads(summary), json.loads(document)):
            yield separator + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
            separator = ",\n"
    yield "]}\n"


def features(summary: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the features of a centre.

    The id of a seat is made of the centre's and of its place's, which outlive the rows of seats; a
    second seat at the same place (one after the other, most often) counts on.
    """
    centre = UUID(document["id"])
    seen: Counter[str] = Counter()
    for seat in document["seats"]:
        place = seat["place"]
        seen[place["id"]] += 1
        if point := place.get("point"):
            yield {
                "type": "Feature",
                "id": str(uuid5(centre, f"seat:{place['id']}:{seen[place['id']]}")),
                "geometry": {
                    "type": "Point",
                    "coordinates": [point["longitude"], point["latitude"]],
                },
                "properties": {**summary, "precision": point["precision"], "seat": seat},
            }
    if not any("point" in seat["place"] for seat in document["seats"]):
        yield {
            "type": "Feature",
            "id": str(centre),
            "geometry": None,
            "properties": dict(summary),
        }
