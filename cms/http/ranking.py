"""Lists in the order of the distance from a point, each item with its distance."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet, Value

from cms.delivery.geometry import metres_of, unit_vector
from cms.delivery.models import Entry, Point
from cms.http.ordering import Ordering


@dataclass(frozen=True)
class Ranked:
    """An object with the square of the chord to its nearest point, and to its nearest exact one."""

    public_id: UUID
    distance: float
    exactly: float | None

    @property
    def member(self) -> str:
        """The member ``distance`` of an item, as JSON text."""
        precision = "exact" if self.exactly == self.distance else "comune"
        value = {"metres": round(metres_of(self.distance)), "precision": precision}
        return f'"distance":{json.dumps(value, separators=(",", ":"))}'


@dataclass(frozen=True)
class Ranking:
    """The order by the distance from *latitude*, *longitude* of the nearest of an object's points.

    ``points`` are all that count: those within the radius, where one was given. Equally far objects
    stand in the order of their ids.
    """

    latitude: float
    longitude: float
    points: QuerySet[Point]

    @property
    def ordering(self) -> Ordering:
        name = f"distance from {self.latitude},{self.longitude}"
        return Ordering(name, ("distance", "public_id"))

    def page(
        self, entries: QuerySet[Entry] | None, position: list[Any] | None, size: int
    ) -> list[Ranked]:
        """Return the next *size* objects after *position*; one query that reads no document.

        With *entries* only objects that have one of them.
        """
        points = self.points
        if entries is not None:
            points = points.filter(public_id__in=entries.values("public_id"))
        rows = self._nearest(points)
        if position is not None:
            rows = rows.filter(self.ordering.after(position))
        return _ranked(rows.order_by(*self.ordering.order_by)[:size])

    def of(self, ids: Iterable[UUID]) -> list[Ranked]:
        """Return the distances of the objects *ids*, in no order; one query."""
        return _ranked(self._nearest(self.points.filter(public_id__in=list(ids))))

    def _nearest(self, points: QuerySet[Point]) -> Any:
        squared = squared_chord(self.latitude, self.longitude)
        return (
            points.order_by()
            .values("public_id")
            .annotate(distance=Min(squared), exactly=Min(squared, filter=Q(exact=True)))
        )


def squared_chord(latitude: float, longitude: float) -> Any:
    """Return the square of the chord from a row's point to *latitude*, *longitude*."""
    x, y, z = unit_vector(latitude, longitude)
    east, north, up = F("x") - Value(x), F("y") - Value(y), F("z") - Value(z)
    return east * east + north * north + up * up


def _ranked(rows: Iterable[dict[str, Any]]) -> list[Ranked]:
    return [Ranked(row["public_id"], row["distance"], row["exactly"]) for row in rows]


def with_member(item: str, member: str) -> str:
    """Return the JSON text of an object with one more member at its end."""
    return f"{item[:-1]},{member}}}"
