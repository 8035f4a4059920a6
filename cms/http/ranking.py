"""Lists in the order of the distance from a point, each item with its distance."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, FloatField, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable

from cms.delivery.geometry import metres_of, unit_vector
from cms.delivery.models import Entry, Point
from cms.http.ordering import Ordering


@dataclass(frozen=True)
class Ranking:
    """The order by the distance from *latitude*, *longitude* of the nearest of an object's points.

    ``points`` hold all that count, and none that is much too far. ``farthest`` bounds the distance
    where a radius was given. Equally far objects stand in the order of their ids. A distance is the
    square of a chord until it is written.
    """

    latitude: float
    longitude: float
    points: QuerySet[Point]
    farthest: float | None = None

    @property
    def ordering(self) -> Ordering:
        name = f"distance from {self.latitude},{self.longitude}"
        return Ordering(name, ("distance", "public_id"))

    def page(
        self, among: Iterable[QuerySet[Any]], position: list[Any] | None, size: int
    ) -> list[tuple[float, UUID]]:
        """Return the next *size* objects after *position*; one query that reads no document.

        Only objects that all of *among* have rows about.
        """
        points = self.points
        for rows in among:
            points = points.filter(public_id__in=rows.values("public_id"))
        nearest = points.order_by().values("public_id").annotate(distance=Min(self._squared_chord))
        if self.farthest is not None:
            nearest = nearest.filter(distance__lte=self.farthest)
        if position is not None:
            nearest = nearest.filter(self.ordering.after(position))
        rows = nearest.order_by(*self.ordering.order_by)
        return list(rows.values_list("distance", "public_id")[:size])

    def measured(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return *entries* with the ``distance`` of their nearest point and whether it is exact."""
        nearest = (
            self.points.filter(public_id=OuterRef("public_id"))
            .annotate(squared=self._squared_chord)
            .order_by("squared", "-exact")
        )
        return entries.annotate(
            distance=Subquery(nearest.values("squared")[:1], output_field=FloatField()),
            exact=Subquery(nearest.values("exact")[:1]),
        )

    @property
    def _squared_chord(self) -> Combinable:
        return squared_chord(self.latitude, self.longitude)


def squared_chord(latitude: float, longitude: float) -> Combinable:
    """Return the square of the chord from a row's point to *latitude*, *longitude*."""
    x, y, z = unit_vector(latitude, longitude)
    east, north, up = F("x") - Value(x), F("y") - Value(y), F("z") - Value(z)
    return east * east + north * north + up * up


def with_distance(item: str, distance: float | None, exact: bool | None) -> str:
    """Return the JSON text of *item* with its distance as one more member; as it is without one."""
    if distance is None:
        return item
    precision = "exact" if exact else "comune"
    member = {"metres": round(metres_of(distance)), "precision": precision}
    return f'{item[:-1]},"distance":{json.dumps(member, separators=(",", ":"))}}}'
