"""Lists in the order of the distance from a point, each item with its distance."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import FloatField, Func, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

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
    ) -> list[tuple[float, UUID, bool]]:
        """Return distance and id of the next *size* objects after *position*, and what is exact.

        Only objects that all of *among* have rows about. One query that reads no document.
        """
        points = self.points
        for rows in among:
            points = points.filter(public_id__in=rows.values("public_id"))
        squared = self._squared_chord
        nearest = (
            points.order_by()
            .values("public_id")
            .annotate(distance=Min(squared), of_exact=Min(squared, filter=Q(exact=True)))
        )
        if self.farthest is not None:
            nearest = nearest.filter(distance__lte=self.farthest)
        if position is not None:
            nearest = nearest.filter(self.ordering.after(position))
        rows = nearest.order_by(*self.ordering.order_by)
        found = rows.values_list("distance", "public_id", "of_exact")[:size]
        return [(distance, key, distance == of_exact) for distance, key, of_exact in found]

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
    def _squared_chord(self) -> SquaredChord:
        return SquaredChord(self.latitude, self.longitude)


class SquaredChord(Func):
    """The square of the chord from a row's point to *latitude*, *longitude*.

    As one expression: as a sum of products, Django resolved a column for each of its letters.
    """

    output_field = FloatField()

    def __init__(self, latitude: float, longitude: float) -> None:
        super().__init__("x", "y", "z")
        self.vector = unit_vector(latitude, longitude)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[Any, ...]]:
        squares: list[str] = []
        parameters: list[float] = []
        for expression, number in zip(self.get_source_expressions(), self.vector, strict=True):
            column, _none = compiler.compile(expression)
            squares.append(f"({column} - %s) * ({column} - %s)")
            parameters += [number, number]
        return f"({' + '.join(squares)})", tuple(parameters)


def with_distance(item: str, distance: float | None, exact: bool | None) -> str:
    """Return the JSON text of *item* with its distance as one more member; as it is without one."""
    if distance is None:
        return item
    precision = "exact" if exact else "comune"
    member = {"metres": round(metres_of(distance)), "precision": precision}
    return f'{item[:-1]},"distance":{json.dumps(member, separators=(",", ":"))}}}'
