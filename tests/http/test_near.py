"""Distances, against the haversine computed here."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Any

import pytest

from centres.models import CentrePage, Place
from cms.delivery.drain import drain_all
from cms.delivery.verification import discrepancies
from tests.http.test_filters import current_seats, ids
from tests.reading import Reader

SPOTS = [(45.8206, 8.8251), (45.4642, 9.19), (46.17, 9.87), (-33.9, 151.2), (90.0, 0.0), (0, 180)]

Point = tuple[float, float, str]


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    phi, theta = radians(one[0]), radians(other[0])
    rise, turn = theta - phi, radians(other[1] - one[1])
    a = sin(rise / 2) ** 2 + cos(phi) * cos(theta) * sin(turn / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(a))


def points(centre: dict[str, Any]) -> set[Point]:
    found = [seat["place"]["point"] for seat in current_seats(centre) if "point" in seat["place"]]
    return {(point["latitude"], point["longitude"], point["precision"]) for point in found}


def nearest(spot: tuple[float, float], centre: dict[str, Any]) -> tuple[float, str]:
    return min((haversine(spot, point[:2]), point[2]) for point in points(centre))


@pytest.fixture
def exact_places(db: None) -> None:
    """Every third place gets a point of its own, near the centre of its comune."""
    places = Place.objects.filter(locale__language_code="it", comune__latitude__isnull=False)
    for number, place in enumerate(places.order_by("pk")[::3], start=1):
        place.latitude = float(place.comune.latitude) + number / 1000
        place.longitude = float(place.comune.longitude) - number / 700
        place.save()
    drain_all()
    assert discrepancies() == []


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.usefixtures("exact_places")
def test_list_is_in_the_order_of_distance_and_says_it(
    reader: Reader, spot: tuple[float, float]
) -> None:
    documents = {centre["id"]: centre for centre in reader.items("centres") if points(centre)}
    path = f"/api/v1/centres?limit=100&locale=it&near={spot[0]},{spot[1]}"
    items = reader.json(path)["items"]
    expected = sorted(documents, key=lambda key: (nearest(spot, documents[key])[0], key))
    assert [item["id"] for item in items] == expected
    for item in items:
        metres, precision = nearest(spot, documents[item["id"]])
        assert item.pop("distance") == {"metres": round(metres), "precision": precision}
    plain = reader.json("/api/v1/centres?limit=100&locale=it")["items"]
    assert sorted(items, key=lambda item: item["id"]) == sorted(
        (item for item in plain if item["id"] in documents), key=lambda item: item["id"]
    )
    assert {precision for centre in documents.values() for *_, precision in points(centre)} == {
        "exact",
        "comune",
    }


@pytest.mark.parametrize("radius", [1, 5_000, 12_000, 40_000, 200_000])
@pytest.mark.parametrize("spot", SPOTS[:3])
def test_radius(reader: Reader, spot: tuple[float, float], radius: int) -> None:
    expected = {
        centre["id"]
        for centre in reader.items("centres")
        if points(centre) and nearest(spot, centre)[0] <= radius
    }
    query = f"near={spot[0]},{spot[1]}&radius={radius}"
    assert set(ids(reader, query)) == expected
    assert set(ids(reader, query + "&sort=title")) == expected
    if radius == 200_000:
        assert expected


def test_explicit_sort_keeps_its_order_and_distances_are_still_told(reader: Reader) -> None:
    items = reader.json("/api/v1/centres?limit=100&near=45.82,8.82&sort=title&locale=it")["items"]
    by_distance = reader.json("/api/v1/centres?limit=100&near=45.82,8.82&locale=it")["items"]
    plain = [item["id"] for item in reader.items("centres")]
    assert [item["id"] for item in items] == [
        key for key in plain if key in {i["id"] for i in items}
    ]
    assert sorted(items, key=str) == sorted(by_distance, key=str)
    assert items != by_distance


def test_planned_and_ended_seats_do_not_count(reader: Reader) -> None:
    page = next(
        page
        for page in CentrePage.objects.filter(locale__language_code="it").order_by("pk")
        if page.seats.filter(place__comune__latitude__isnull=False).exists()
    )
    key = str(page.translation_key)
    assert key in ids(reader, "near=45.82,8.82")
    for status in ("planned", "ended"):
        for seat in page.seats.all():
            seat.status = status
            seat.save()
        drain_all()
        assert key not in ids(reader, "near=45.82,8.82")
        assert key not in ids(reader, "role=hub&role=spoke&role=venue")
    assert discrepancies() == []


def test_box(reader: Reader) -> None:
    documents = reader.items("centres")
    boxes = [(8.7, 45.7, 9.0, 46.0), (-180, -90, 180, 90), (0, 0, 1, 1), (8.6, 45.5, 8.9, 45.75)]
    sizes = set()
    for west, south, east, north in boxes:
        expected = {
            centre["id"]
            for centre in documents
            if any(south <= lat <= north and west <= lon <= east for lat, lon, _ in points(centre))
        }
        assert set(ids(reader, f"bbox={west},{south},{east},{north}")) == expected
        sizes.add(len(expected))
    assert len(sizes) > 2


def test_places_are_found_near(reader: Reader) -> None:
    items = reader.json("/api/v1/places?limit=100&near=45.82,8.82&view=full")["items"]
    metres = [item["distance"]["metres"] for item in items]
    assert metres == sorted(metres)
    with_point = [item["id"] for item in reader.items("places") if "point" in item]
    assert sorted(with_point) == sorted(item["id"] for item in items)
