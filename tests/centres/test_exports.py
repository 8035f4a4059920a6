"""Exports tell what the lists tell, in the formats of others."""

from __future__ import annotations

import csv
import io
import json
import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from centres.exports.geojson import SeatFeatureCollection
from centres.exports.structured_data import script_text
from centres.exports.structured_shapes import LinkedLegislation, LinkedService
from centres.exports.table import COLUMNS, INTERNATIONAL, ITALIAN, written
from centres.models import CentrePage, Comune, Place
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry, Feed
from cms.phone_numbers import normalise_phone_number
from tests.centres.activities import activity, publish_activities
from tests.reading import Reader

STREAMED = ("centres.geojson", "centres.csv", "centres.ndjson", "activities.ics")


def text_of(reader: Reader, path: str, **headers: str) -> str:
    response = reader.get(f"/api/v1/{path}", **headers)
    assert response.status_code == 200, response.getvalue()
    return str(response.getvalue().decode())


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.mark.parametrize("locale", ["it", "en"])
def test_lines_are_the_documents_of_the_list(reader: Reader, locale: str) -> None:
    response = reader.get(f"/api/v1/centres.ndjson?locale={locale}")
    assert response["Content-Type"] == "application/x-ndjson"
    lines = response.getvalue().decode().splitlines()
    assert [json.loads(line) for line in lines] == reader.items("centres", locale)


@pytest.mark.parametrize("locale", ["it", "en"])
def test_map_has_a_feature_for_each_seat_with_a_point(reader: Reader, locale: str) -> None:
    response = reader.get(f"/api/v1/centres.geojson?locale={locale}")
    assert response["Content-Type"] == "application/geo+json"
    collection = json.loads(response.getvalue())
    SeatFeatureCollection.model_validate(collection)
    centres = {item["id"]: item for item in reader.items("centres", locale)}
    pointed = [
        (key, seat)
        for key, centre in centres.items()
        for seat in centre["seats"]
        if "point" in seat["place"]
    ]
    features = collection["features"]
    shown = [item for item in features if item["geometry"] is not None]
    assert len(shown) == len(pointed) > 5
    for feature in shown:
        properties = feature["properties"]
        seat = properties["seat"]
        assert (properties["id"], seat) in pointed
        point = seat["place"]["point"]
        assert feature["geometry"]["coordinates"] == [point["longitude"], point["latitude"]]
        assert properties["precision"] == point["precision"]
        summary = reader.json(f"/api/v1/centres/{properties['id']}?locale={locale}")
        own = {name: properties[name] for name in properties if name not in ("seat", "precision")}
        assert {name: summary[name] for name in own} == own
    without = {item["id"] for item in features if item["geometry"] is None}
    assert without == set(centres) - {key for key, _seat in pointed}
    assert len({item["id"] for item in features}) == len(features)


def test_features_keep_their_ids_in_every_language(reader: Reader) -> None:
    found = [
        {
            item["id"]
            for item in json.loads(text_of(reader, f"centres.geojson?locale={code}"))["features"]
        }
        for code in ("it", "en")
    ]
    assert found[0] == found[1]


def test_centre_without_points_is_a_feature_without_geometry(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    page.seats.set([])
    page.save_revision().publish()
    drain_all()
    features = json.loads(text_of(reader, "centres.geojson"))["features"]
    (mine,) = [item for item in features if item["properties"]["title"] == page.title]
    assert (mine["id"], mine["geometry"]) == (str(page.translation_key), None)


@pytest.mark.parametrize("locale", ["it", "en"])
def test_table_has_a_row_for_each_centre(reader: Reader, locale: str) -> None:
    response = reader.get(f"/api/v1/centres.csv?locale={locale}", accept_language="fr, it;q=0.5")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="centres.csv"'
    assert "Accept-Language" in response["Vary"]
    text = response.getvalue().decode()
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    rows = rows_of(text)
    centres = reader.items("centres", locale)
    assert [row["id"] for row in rows] == [item["id"] for item in centres]
    for row, item in zip(rows, centres, strict=True):
        assert row["name"] == item["title"]
        assert row["comuni_istat"] == " | ".join(c["istat_code"] for c in item["comuni"])
        assert int(row["seats"]) == len(item["seats"])
        assert row["is_fallback"] == "false"
    assert any("." in row["seat_latitude"] for row in rows)


@pytest.mark.parametrize("language", ["it", "it-IT,it;q=0.9,en;q=0.8"])
def test_italian_spreadsheets_get_theirs(reader: Reader, language: str) -> None:
    italian = text_of(reader, "centres.csv?locale=en", accept_language=language)
    other = text_of(reader, "centres.csv?locale=en", accept_language="en, it;q=0.9")
    assert italian.startswith("\ufeffid;name;")
    rows, others = rows_of(italian, ";"), rows_of(other)
    assert [row["seat_latitude"].replace(",", ".") for row in rows] == [
        row["seat_latitude"] for row in others
    ]
    assert any("," in row["seat_latitude"] for row in rows)
    tags = {
        reader.get("/api/v1/centres.csv?locale=en", accept_language=code)["ETag"]
        for code in ("it", "en")
    }
    assert len(tags) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_formulas_are_made_harmless(reader: Reader, start: str) -> None:
    page = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    page.summary = f'{start}HYPERLINK("http://evil.example";"x")'
    page.save_revision().publish()
    drain_all()
    told = reader.by_title("centres", page.title)["text"]
    assert told == page.summary
    (row,) = [r for r in rows_of(text_of(reader, "centres.csv")) if r["name"] == page.title]
    assert row["text"] == f"'{page.summary}"


@pytest.mark.parametrize(("code", "delimiter"), [("en", ","), ("it", ";")])
def test_telephone_numbers_are_read_back_as_they_are_stored(
    reader: Reader, code: str, delimiter: str
) -> None:
    rows = rows_of(text_of(reader, "centres.csv", accept_language=code), delimiter)
    told = {row["id"]: row["phones"].split(" | ") if row["phones"] else [] for row in rows}
    stored = {
        centre["id"]: [c["value"] for c in centre["contacts"] if c["kind"]["code"] == "phone"]
        for centre in reader.items("centres", code)
    }
    assert told == {key: list(dict.fromkeys(numbers)) for key, numbers in stored.items()}
    assert any(number.startswith("+39 ") for numbers in told.values() for number in numbers)
    assert all(normalise_phone_number(n) == n for numbers in told.values() for n in numbers)


@pytest.mark.parametrize(
    "number", ["0332 277111", "+39 351 5629404", "800 123456", "112", "+1 201 555 0123"]
)
def test_what_is_stored_as_a_telephone_number_gets_no_apostrophe(number: str) -> None:
    stored = normalise_phone_number(number)
    assert written(stored, ITALIAN) == stored
    assert written(f"{stored} | +39 0332 277111", ITALIAN) == f"{stored} | +39 0332 277111"


@pytest.mark.parametrize(
    "text",
    [
        "+390332277111",
        "+39 0332 277111+1",
        "+39 0332 277111 | =1+1",
        "+39 0332 277111\n=1+1",
        "+39 A1",
        "+1 2*3",
        "+cmd|' /C calc'!A0",
        "-39 0332",
    ],
)
def test_what_is_no_telephone_number_is_made_harmless(text: str) -> None:
    assert written(text, INTERNATIONAL) == f"'{text}"


@pytest.mark.parametrize("path", STREAMED)
def test_export_costs_two_queries_and_a_304_one(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    with django_assert_num_queries(2):
        response = reader.get(f"/api/v1/{path}?locale=en")
        assert response.getvalue()
    assert response.streaming
    assert response["Content-Language"] == "en"
    assert "s-maxage" in response["Cache-Control"]
    with django_assert_num_queries(1) as queries:
        held = reader.get(f"/api/v1/{path}?locale=en", if_none_match=response["ETag"])
    assert (held.status_code, held.content) == (304, b"")
    assert '"document"' not in queries.captured_queries[0]["sql"]
    publish_activities("saronno", activity("Changed"))
    after = reader.get(f"/api/v1/{path}?locale=en", if_none_match=response["ETag"])
    assert after.status_code == 200
    assert "Accept-Language" in reader.get(f"/api/v1/{path}")["Vary"]


@pytest.mark.parametrize("path", STREAMED)
def test_head_has_the_headers_and_reads_nothing(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    full = reader.get(f"/api/v1/{path}")
    with django_assert_num_queries(1):
        head = reader.client.head(f"/api/v1/{path}")
    assert (head.status_code, head.getvalue()) == (200, b"")
    for name in ("Content-Type", "ETag", "Cache-Control", "Content-Language", "Vary"):
        assert head[name] == full[name]


def test_exports_take_the_filters_of_the_list(reader: Reader) -> None:
    centre = reader.by_title("centres", "ME-TE – Centro per la Famiglia in evoluzione")
    query = f"comune={centre['comuni'][0]['istat_code']}"
    wanted = [item["id"] for item in reader.items("centres", comune=query.partition("=")[2])]
    assert wanted == [centre["id"]]
    lines = text_of(reader, f"centres.ndjson?{query}").splitlines()
    assert [json.loads(line)["id"] for line in lines] == wanted
    assert [row["id"] for row in rows_of(text_of(reader, f"centres.csv?{query}"))] == wanted
    features = json.loads(text_of(reader, f"centres.geojson?{query}"))["features"]
    assert {item["properties"]["id"] for item in features} == set(wanted)
    empty = "modified_since=2999-01-01T00:00:00Z"
    assert json.loads(text_of(reader, f"centres.geojson?{empty}"))["features"] == []
    assert text_of(reader, f"centres.ndjson?{empty}") == ""


@pytest.mark.parametrize("path", STREAMED)
@pytest.mark.parametrize("name", ["limit", "cursor", "view", "sort", "colour"])
def test_exports_have_no_pages(reader: Reader, path: str, name: str) -> None:
    response = reader.get(f"/api/v1/{path}?{name}=1")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [name]


def test_long_export_is_read_as_it_is_written(reader: Reader) -> None:
    """Ten thousand centres: the first line is there before the last is read."""
    model = Entry.objects.filter(resource="centres", locale="it")[0]
    head = Feed.objects.get().head
    Entry.objects.bulk_create(
        [
            Entry(
                resource="centres",
                public_id=uuid.uuid4(),
                locale="it",
                sort_key=f"zz {number:05d}",
                document=model.document,
                summary=model.summary,
                sequence=head + number,
                modified=timezone.now(),
            )
            for number in range(1, 10_001)
        ],
        batch_size=500,
    )
    import tracemalloc

    count = 0
    tracemalloc.start()
    response = reader.get("/api/v1/centres.ndjson?locale=it")
    for line in response.streaming_content:
        assert line.endswith(b"}\n")
        count += 1
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_007
    size = len(model.document.encode())
    assert peak < 10_000 * size / 5, (peak, size)


# Structured data


def complete_seat(page: CentrePage) -> Place:
    """Give the first seat in use of *page* an address without gaps, and a position."""
    seat = next(seat for seat in page.seats.all() if seat.status in ("active", "temporary"))
    place: Place = seat.place
    place.comune = Comune.objects.get(istat_code="012119")
    place.street, place.postal_code = "via </script><b>Roma, 1", "21047"
    place.latitude, place.longitude = "45.625000", "9.035000"  # type: ignore[assignment]
    place.save_revision().publish()
    drain_all()
    return place


@pytest.fixture
def complete(db: None) -> CentrePage:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    complete_seat(page)
    return page


@pytest.mark.parametrize("locale", ["it", "en"])
def test_service_is_told_with_its_address(
    reader: Reader,
    complete: CentrePage,
    django_assert_num_queries: DjangoAssertNumQueries,
    locale: str,
) -> None:
    url = f"/api/v1/centres/{complete.translation_key}.jsonld?locale={locale}"
    with django_assert_num_queries(1):
        response = reader.get(url)
    assert response["Content-Type"] == "application/ld+json"
    assert response["Content-Language"] == locale
    assert reader.get(url, if_none_match=response["ETag"]).status_code == 304
    content = response.json()
    LinkedService.model_validate(content)
    document = reader.json(f"/api/v1/centres/{complete.translation_key}?locale={locale}")
    assert content["name"] == document["title"]
    assert content["serviceType"] == document["programme"]["title"]
    assert [area["identifier"] for area in content["areaServed"]] == [
        comune["istat_code"] for comune in document["comuni"]
    ]
    assert [body["name"] for body in content["serviceOperator"]] == [
        body["organisation"]["title"]
        for body in document["bodies"]
        if body["role"]["code"] == "lead"
    ]
    (channel,) = content["availableChannel"]
    location = channel["serviceLocation"]
    assert location["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "via </script><b>Roma, 1",
        "postalCode": "21047",
        "addressLocality": "Saronno",
        "addressRegion": "VA",
        "addressCountry": "IT",
    }
    assert (location["geo"]["latitude"], location["geo"]["longitude"]) == (45.625, 9.035)


@pytest.mark.parametrize("locale", ["it", "en"])
def test_page_carries_the_same(reader: Reader, complete: CentrePage, locale: str) -> None:
    document = reader.json(f"/api/v1/centres/{complete.translation_key}?locale={locale}")
    html = reader.get(document["html_url"]).content.decode()
    script = BeautifulSoup(html, "html.parser").find("script", type="application/ld+json")
    assert script is not None
    content = json.loads(script.get_text())
    api = reader.json(f"/api/v1/centres/{complete.translation_key}.jsonld?locale={locale}")
    assert content == api
    assert "</script><b>" not in html


def test_incomplete_address_leaves_the_block_out(reader: Reader) -> None:
    item: dict[str, Any] = reader.by_title("centres", "Famiglie al Centro")
    response = reader.get(f"/api/v1/centres/{item['id']}.jsonld")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert "complete address" in response.json()["detail"]
    assert "application/ld+json" not in reader.get(item["html_url"]).content.decode()
    unknown = reader.get(f"/api/v1/centres/{uuid.uuid4()}.jsonld")
    assert "complete address" not in unknown.json()["detail"]


def test_planned_seat_is_no_service_location(reader: Reader, complete: CentrePage) -> None:
    for seat in complete.seats.all():
        seat.status = "planned"
        complete.seats.add(seat)
    complete.save_revision().publish()
    drain_all()
    assert reader.get(f"/api/v1/centres/{complete.translation_key}.jsonld").status_code == 404


@pytest.mark.parametrize("locale", ["it", "en"])
def test_acts_are_legislation(reader: Reader, locale: str) -> None:
    acts = reader.items("legal-references", locale)
    named = 0
    for act in acts:
        content = reader.get(f"/api/v1/legal-references/{act['id']}.jsonld?locale={locale}").json()
        LinkedLegislation.model_validate(content)
        assert content["legislationIdentifier"] == act.get("urn", act["key"])
        named += len(content.get("legislationChanges", []))
    assert named > 0


def test_script_cannot_be_ended_by_a_text() -> None:
    text = script_text({"name": "</script><!-- & \u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"name": "</script><!-- & \u2028"}
