"""Filters by place: near a point, and in a box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db.models import Q
from django.http import HttpRequest

from cms.delivery.geometry import Box, boxes_around, squared_chord_of
from cms.delivery.models import Point
from cms.http.filters import Narrowing
from cms.http.parameters import Parameter, decimal_degrees, read_one, whole_number
from cms.http.problems import ProblemError
from cms.http.ranking import Ranking, SquaredChord

MAX_RADIUS = 200_000

_LATITUDE = r"-?(0?[0-8]?[0-9](\.[0-9]{1,15})?|0?90(\.0{1,15})?)"
_LONGITUDE = r"-?((1[0-7]|0?[0-9])?[0-9](\.[0-9]{1,15})?|180(\.0{1,15})?)"


def _numbers(text: str, limits: tuple[int, ...], hint: str) -> tuple[float, ...]:
    parts = text.split(",")
    if len(parts) != len(limits):
        raise ValueError(hint)
    try:
        return tuple(
            decimal_degrees(part, limit) for part, limit in zip(parts, limits, strict=True)
        )
    except ValueError as error:
        raise ValueError(f"{hint} {error}") from error


def position(text: str) -> tuple[float, float]:
    """Read ``latitude,longitude``, or raise ``ValueError``."""
    hint = "Use latitude,longitude in decimal degrees, such as 45.8206,8.8251."
    latitude, longitude = _numbers(text, (90, 180), hint)
    return latitude, longitude


def box(text: str) -> Box:
    """Read ``west,south,east,north``, or raise ``ValueError``."""
    hint = "Use west,south,east,north in decimal degrees, such as 8.5,45.5,9.2,46.1."
    west, south, east, north = _numbers(text, (180, 90, 180, 90), hint)
    if west > east:
        raise ValueError(f"West must not be east of east; no box crosses the antimeridian. {hint}")
    if south > north:
        raise ValueError(f"South must not be north of north. {hint}")
    return Box(west, south, east, north)


def within(boxes: Iterable[Box]) -> Q:
    """Return the condition of points in one of *boxes*."""
    return reduce(
        or_,
        (
            Q(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
            for box in boxes
        ),
    )


@dataclass(frozen=True)
class NearFilter:
    """Objects by their distance from a point, within a radius where one is given.

    What has no point, not even that of a comune, is left out. A list is sorted by distance unless
    ``sort`` says otherwise; its items tell their distance either way.
    """

    NEAR: ClassVar = Parameter(
        "near",
        "latitude,longitude in decimal degrees: sorted by distance, which each item tells in "
        "metres, from an exact point or from the centre of a comune. What has no point is left "
        "out. An explicit sort keeps its own order.",
        {"type": "string", "maxLength": 60, "pattern": f"^{_LATITUDE},{_LONGITUDE}$"},
    )
    RADIUS: ClassVar = Parameter(
        "radius",
        "Metres from near, without which it is refused.",
        {"type": "integer", "format": "int32", "minimum": 1, "maximum": MAX_RADIUS},
    )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.NEAR, self.RADIUS)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        centre = read_one(request, "near", lambda text: position(text), None)
        metres = read_one(request, "radius", lambda text: whole_number(text, 1, MAX_RADIUS), None)
        if centre is None:
            if metres is not None:
                hint = "Use it together with near=latitude,longitude."
                raise ProblemError(400, "radius needs near.", {"radius": hint})
            return None
        points = Point.objects.filter(resource=resource)
        if metres is None:
            return Narrowing(objects=points, ranking=Ranking(*centre, points))
        boxed = points.filter(within(boxes_around(*centre, metres)))
        farthest = squared_chord_of(metres)
        close = boxed.alias(squared=SquaredChord(*centre)).filter(squared__lte=farthest)
        return Narrowing(objects=close, ranking=Ranking(*centre, boxed, farthest))


@dataclass(frozen=True)
class BoxFilter:
    """Objects with a point in a box, its edges included."""

    BBOX: ClassVar = Parameter(
        "bbox",
        "west,south,east,north in decimal degrees; west is not east of east, south not north of "
        "north. Centres of comuni count as points too.",
        {
            "type": "string",
            "maxLength": 100,
            "pattern": f"^{_LONGITUDE},{_LATITUDE},{_LONGITUDE},{_LATITUDE}$",
        },
    )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.BBOX,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        wanted = read_one(request, "bbox", lambda text: box(text), None)
        if wanted is None:
            return None
        return Narrowing(objects=Point.objects.filter(within([wanted]), resource=resource))
