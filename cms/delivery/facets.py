"""What an object can be filtered by, as its builder states it, and how that is stored.

Facets are data: they are stored once per object, by the build in the default language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cms.delivery.geometry import unit_vector
from cms.delivery.intervals import store_intervals
from cms.delivery.models import Facet, ObjectRow, OpeningRule, Point, Span

Owner = tuple[str, UUID]
"""Resource and public id of an object."""


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


def store_facets(wanted: Mapping[Owner, Facets]) -> int:
    """Make the stored rows of each object those of its facets; intervals follow its hours.

    Returns of how many objects anything changed. Four queries where nothing does.
    """
    changed: set[Owner] = set()
    if not wanted:
        return 0
    for attribute, model, columns in _TABLES:
        rows = {owner: getattr(facets, attribute) for owner, facets in wanted.items()}
        written = _store_rows(model, columns, rows)
        if model is OpeningRule:
            for resource, public_id in sorted(written, key=str):
                store_intervals(resource, public_id)
        changed |= written
    return len(changed)


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
    model: type[ObjectRow],
    columns: tuple[str, ...],
    wanted: Mapping[Owner, frozenset[tuple[Any, ...]]],
) -> set[Owner]:
    """Make the rows of each object in one table those that are *wanted*; return whose changed."""
    stored: dict[Owner, dict[tuple[Any, ...], Any]] = defaultdict(dict)
    rows = model._default_manager.filter(
        resource__in={name for name, _public_id in wanted},
        public_id__in={public_id for _name, public_id in wanted},
    )
    for pk, resource, public_id, *row in rows.values_list("pk", "resource", "public_id", *columns):
        stored[resource, public_id][tuple(row)] = pk
    gone, new, changed = [], [], set()
    for owner, rows_of_owner in wanted.items():
        lost = [pk for row, pk in stored[owner].items() if row not in rows_of_owner]
        missing = sorted(rows_of_owner - stored[owner].keys(), key=str)
        if lost or missing:
            changed.add(owner)
        gone += lost
        new += [_row(model, owner, columns, row) for row in missing]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(new)
    return changed


def _row(
    model: type[ObjectRow], owner: Owner, columns: tuple[str, ...], row: tuple[Any, ...]
) -> ObjectRow:
    resource, public_id = owner
    values = dict(zip(columns, row, strict=True))
    return model(resource=resource, public_id=public_id, **values, **_derived(model, row))


def _derived(model: type[ObjectRow], row: tuple[Any, ...]) -> dict[str, float]:
    """Return the columns that follow from the stated ones."""
    if model is not Point:
        return {}
    return dict(zip("xyz", unit_vector(row[0], row[1]), strict=True))
