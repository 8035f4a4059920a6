"""Geometry without trigonometry in queries, against the haversine."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.geometry import boxes_around, metres_of, squared_chord_of, unit_vector
from tests.http.test_near import haversine

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_chords_tell_the_distance_on_the_ground(a: float, b: float, c: float, d: float) -> None:
    pairs = zip(unit_vector(a, b), unit_vector(c, d), strict=True)
    chord = sum((one - other) ** 2 for one, other in pairs)
    assert isclose(metres_of(chord), haversine((a, b), (c, d)), rel_tol=1e-6, abs_tol=1)


@given(st.floats(0, 20_000_000))
def test_chord_of_a_distance_and_back(metres: float) -> None:
    assert isclose(metres_of(squared_chord_of(metres)), metres, rel_tol=1e-6, abs_tol=0.01)


@given(latitudes, longitudes, st.integers(1, 200_000), latitudes, longitudes, st.floats(-1, 1))
def test_boxes_hold_all_that_is_near(
    a: float, b: float, metres: int, c: float, d: float, scale: float
) -> None:
    # Far points are of no use here: half of them are drawn towards the centre.
    if scale > 0:
        c, d = a + (c - a) * scale**8, b + (d - b) * scale**8
    if haversine((a, b), (c, d)) <= metres - 0.01:
        assert any(
            box.south <= c <= box.north and box.west <= d <= box.east
            for box in boxes_around(a, b, metres)
        )
