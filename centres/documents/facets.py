"""What centres can be filtered by, read from their source.

A seat that is planned or has ended is nothing to be found by: only active and temporary seats give
roles, provinces, points and hours. A centre that is closed, also for a time, is never open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from centres.blocks.hours import hours_rules
from centres.hours import osm_opening_hours
from centres.models import (
    ActivityType,
    Audience,
    CentrePage,
    CentreStatus,
    District,
    LegalReference,
    Place,
    Seat,
    SeatStatus,
)
from cms.delivery.facets import Facets
from cms.delivery.look import Look

OLDEST = 120
"""Years up to which an activity without an upper age is meant."""

CURRENT = (SeatStatus.ACTIVE, SeatStatus.TEMPORARY)

Hours = tuple[str, date | None, date | None]


def centre_facets(page: CentrePage, look: Look) -> Facets:
    """Return the facets of a centre. What is not public gives none."""
    rows = [row for row in page.seats.all() if row.status in CURRENT]
    places = look.objects(Place, [row.place.translation_key for row in rows])
    seats = [row for row in rows if row.place.translation_key in places]
    located = [places[row.place.translation_key].source for row in seats]
    blocks = [child.value for child in page.activities]
    comuni = [row.comune for row in page.comuni.all()]
    values = {("management", page.management), *(("role", row.role) for row in seats)}
    values |= {("comune", comune.istat_code) for comune in comuni}
    values |= {("province", comune.province_code) for comune in comuni}
    values |= {("province", place.comune.province_code) for place in located if place.comune}
    values |= {("district", str(key)) for key in _district(page, look)}
    acts = [row.act.translation_key for row in page.legal_basis.all()]
    values |= {("legal_reference", str(key)) for key in look.objects(LegalReference, acts)}
    for block in blocks:
        values |= activity_values(block, look)
    return Facets(
        values=frozenset(values),
        spans=frozenset(span for block in blocks for span in activity_ages(block)),
        points=frozenset(point for place in located for point in place_points(place)),
        hours=frozenset(_hours(page, seats)),
    )


def activity_values(block: Any, look: Look) -> set[tuple[str, str]]:
    """Return the codes of the public types and audiences of an activity block."""
    return {
        *(("activity_type", code) for code in _codes(ActivityType, block["types"], look)),
        *(("audience", code) for code in _codes(Audience, block["audiences"], look)),
    }


def activity_ages(block: Any) -> set[tuple[str, int, int]]:
    """Return the ages of an activity block; none where it states none."""
    low, high = block["age_from"], block["age_to"]
    if low is None and high is None:
        return set()
    return {("age", low or 0, OLDEST if high is None else high)}


def place_points(place: Place) -> set[tuple[float, float, bool]]:
    """Return the point of a place, else the centre of its comune, else nothing."""
    for located, exact in ((place, True), (place.comune, False)):
        if located and located.latitude is not None and located.longitude is not None:
            return {(float(located.latitude), float(located.longitude), exact)}
    return set()


def place_facets(place: Place) -> Facets:
    """Return the facets of a place."""
    values: frozenset[tuple[str, str]] = frozenset()
    if place.comune:
        comune = place.comune
        values = frozenset({("comune", comune.istat_code), ("province", comune.province_code)})
    return Facets(values=values, points=frozenset(place_points(place)))


def _codes(model: type[ActivityType | Audience], keys: Any, look: Look) -> Iterator[str]:
    for state in look.objects(model, [UUID(str(key)) for key in keys or ()]).values():
        yield state.source.code


def _district(page: CentrePage, look: Look) -> Iterable[UUID]:
    return look.objects(District, [page.district.public_id] if page.district else ())


def _hours(page: CentrePage, seats: Iterable[Seat]) -> Iterator[Hours]:
    """Yield when desks are open: the centre's own hours, and those of each current seat."""
    if page.status != CentreStatus.OPEN:
        return
    stated: list[tuple[Any, Any, Any]] = [(page.hours, None, None)]
    stated += [(seat.hours, seat.valid_from, seat.valid_to) for seat in seats]
    for stream, start, end in stated:
        if expression := osm_opening_hours(hours_rules(stream)):
            yield (
                expression,
                start.first_day if start else None,
                end.last_day if end else None,
            )
