"""What an object can be filtered by, as its builder states it, and how that is stored.

Facets are data: they are stored once per object, by the build in the default language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cms.delivery.geometry import unit_vector
from cms.delivery.intervals import store_intervals
from cms.delivery.models import Facet, ObjectRow, OpeningRule, Point, Span


@dataclass(frozen=True)
class Facets:
    """Filter data of one object.

    ``values``: (name, value). ``spans``: (name, low, high), whole numbers, both ends included.
    ``points``: (latitude, longitude, exact), in degrees. ``hours``: (OSM ``opening_hours``, first
    day, last day), days open to the side where they are ``None``.
    """

    values: frozenset[tuple[str, str]] = frozenset()
    spans: frozenset[tuple[str, int, int]] = frozenset()
    points: frozenset[tuple[float, float, bool]] = frozenset()
    hours: frozenset[tuple[str, date | None, date | None]] = frozenset()


NONE = Facets()
"""What an object that is not public can be found by."""

_TABLES: tuple[tuple[str, type[ObjectRow], tuple[str, ...]], ...] = (
    ("values", Facet, ("name", "value")),
    ("spans", Span, ("name", "low", "high")),
    ("points", Point, ("latitude", "longitude", "exact")),
    ("hours", OpeningRule, ("expression", "valid_from", "valid_to")),
)


def store_facets(resource: str, public_id: UUID, facets: Facets) -> bool:
    """Make the stored rows of an object those of *facets*; intervals follow its hours.

    Returns whether anything changed.
    """
    any_change = False
    for attribute, model, columns in _TABLES:
        changed = _store_rows(resource, public_id, model, columns, getattr(facets, attribute))
        if changed and model is OpeningRule:
            store_intervals(resource, public_id)
        any_change |= changed
    return any_change


def stored_facets(resource: str, public_id: UUID) -> Facets:
    """Return the facets that are stored of an object."""
    return Facets(
        **{
            attribute: frozenset(_rows(model, resource, public_id).values_list(*columns))
            for attribute, model, columns in _TABLES
        }
    )


def _rows(model: type[ObjectRow], resource: str, public_id: UUID) -> Any:
    return model._default_manager.filter(resource=resource, public_id=public_id)


def _store_rows(
    resource: str,
    public_id: UUID,
    model: type[ObjectRow],
    columns: tuple[str, ...],
    wanted: Iterable[tuple[Any, ...]],
) -> bool:
    rows = _rows(model, resource, public_id)
    stored = {row[1:]: row[0] for row in rows.values_list("pk", *columns)}
    missing = sorted(set(wanted) - stored.keys(), key=str)
    gone = [pk for row, pk in stored.items() if row not in set(wanted)]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(
        model(
            resource=resource,
            public_id=public_id,
            **dict(zip(columns, row, strict=True)),
            **_derived(model, row),
        )
        for row in missing
    )
    return bool(missing or gone)


def _derived(model: type[ObjectRow], row: tuple[Any, ...]) -> dict[str, float]:
    """Return the columns that follow from the stated ones."""
    if model is not Point:
        return {}
    return dict(zip("xyz", unit_vector(row[0], row[1]), strict=True))
