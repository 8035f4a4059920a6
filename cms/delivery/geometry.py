"""Distances on a sphere without trigonometry in a query.

A point is stored as its unit vector too. The square of the chord between two of them takes only
differences and products, and grows with the distance along the surface: it gives the same order,
and :func:`metres_of` turns it into metres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin, sqrt

EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres (IUGG)."""

MARGIN = 1e-9
"""Degrees by which a box is made larger, so that rounding loses no point at its edge."""


def unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Return the point at *latitude* and *longitude* (degrees) on a sphere of radius 1."""
    phi, lam = radians(latitude), radians(longitude)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def squared_chord_of(metres: float) -> float:
    """Return the square of the chord, on a sphere of radius 1, of a distance on the ground."""
    return float(4 * sin(min(metres / EARTH_RADIUS, pi) / 2) ** 2)


def metres_of(squared_chord: float) -> float:
    """Return the distance on the ground, the inverse of :func:`squared_chord_of`."""
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(max(0.0, squared_chord)) / 2))


@dataclass(frozen=True)
class Box:
    """A box in degrees, its edges included. ``west`` is never greater than ``east``."""

    west: float
    south: float
    east: float
    north: float


def boxes_around(latitude: float, longitude: float, metres: float) -> Iterator[Box]:
    """Yield boxes that together hold all within *metres*; two where the antimeridian is near."""
    reach = degrees(metres / EARTH_RADIUS) + MARGIN
    south, north = latitude - reach, latitude + reach
    if south <= -90 or north >= 90:
        yield Box(-180, max(south, -90), 180, min(north, 90))
        return
    width = degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(latitude))))) + MARGIN
    west, east = longitude - width, longitude + width
    yield Box(max(west, -180), south, min(east, 180), north)
    if west < -180:
        yield Box(west + 360, south, 180, north)
    if east > 180:
        yield Box(-180, south, east - 360, north)
