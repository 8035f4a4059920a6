"""Activities as objects of their own, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from centres.models import CentrePage, Place
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry
from cms.delivery.verification import discrepancies
from tests.centres.activities import activity, closure, monthly, publish_activities, weekly
from tests.reading import Follower, Reader

SARONNO = "012119"


def titles(reader: Reader, query: str, locale: str = "it") -> list[str]:
    answer = reader.json(f"/api/v1/activities?limit=100&locale={locale}&{query}")
    assert answer["next"] is None
    return [item["title"] for item in answer["items"]]


@pytest.mark.parametrize("locale", ["it", "en"])
def test_each_block_of_each_centre_is_an_activity(reader: Reader, locale: str) -> None:
    centres = reader.items("centres", locale)
    told = {
        (centre["id"], block["id"]): block["value"]
        for centre in centres
        for block in centre["activities"]
    }
    listed = reader.items("activities", locale)
    assert {(item["centre"]["id"], item["block"]) for item in listed} == set(told)
    assert len({item["id"] for item in listed}) == len(listed) == 30
    for item in listed:
        block = told[item["centre"]["id"], item["block"]]
        assert {name: item[name] for name in block} == block
        assert item["is_fallback"] is (block["language"] != locale)


@pytest.mark.parametrize("locale", ["it", "en"])
def test_its_page_is_the_centres_at_its_anchor(reader: Reader, locale: str) -> None:
    item = reader.items("activities", locale)[0]
    page = reader.page(item["html_url"])
    shown = page.find(id=item["html_url"].partition("#")[2])
    assert shown is not None
    assert shown.h3.get_text() == item["title"]  # type: ignore[union-attr]
    assert {entry["locale"] for entry in item["translations"]} == {"it", "en"}


def test_copied_centre_keeps_block_ids_but_not_activity_ids(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    before = {item["id"] for item in reader.items("activities")}
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)
    drain_all()
    assert [child.id for child in copy.activities] == [child.id for child in page.activities]
    after = {item["id"] for item in reader.items("activities")}
    assert before < after
    assert len(after - before) == len(page.activities)
    assert discrepancies() == []


def test_blocks_without_an_id_or_with_the_same_are_told_apart(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    (block,) = page.activities.raw_data
    raw = [{**block, "id": identifier} for identifier in ("same", "same", None)]
    page.activities = CentrePage.activities.field.to_python(raw)  # type: ignore[attr-defined]
    page.save_revision().publish()
    drain_all()
    page.refresh_from_db()
    listed = [item for item in reader.items("activities") if item["centre"]["title"] == page.title]
    assert len({item["id"] for item in listed}) == len({item["block"] for item in listed}) == 3
    assert discrepancies() == []


def test_it_is_shown_while_its_centre_is(reader: Reader) -> None:
    follower = Follower(reader, locale="it", resource="activities")
    follower.catch_up()
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    mine = {
        item["id"] for item in reader.items("activities") if item["centre"]["title"] == page.title
    }
    page.unpublish()
    drain_all()
    gone = follower.catch_up()
    assert {item["id"] for item in gone} == mine
    assert {(item["change"], item["reason"]) for item in gone} == {("tombstone", "unpublished")}
    for key in mine:
        assert reader.get(f"/api/v1/activities/{key}").status_code == 404
    assert titles(reader, f"comune={SARONNO}") == []
    page.save_revision().publish()
    drain_all()
    assert {item["id"] for item in follower.catch_up()} == mine


def test_removed_block_leaves_a_tombstone(reader: Reader) -> None:
    follower = Follower(reader, locale="it", resource="activities")
    follower.catch_up()
    publish_activities("me-te", activity("New"))
    changes = {item["change"]: item for item in follower.catch_up()}
    assert changes["tombstone"]["reason"] == "deleted"
    assert changes["upsert"]["document"]["title"] == "New"


def test_block_that_is_not_translated_is_a_fallback(reader: Reader) -> None:
    follower = Follower(reader, locale="en", fallback="false")
    follower.catch_up()
    publish_activities("saronno", activity("Nuova"))
    centre = reader.by_title("centres", "Centro per la Famiglia di Saronno", "en")
    assert centre["is_fallback"] is False
    item = reader.by_title("activities", "Nuova", "en")
    assert (item["is_fallback"], item["language"]) == (True, "it")
    assert "Nuova" not in titles(reader, "fallback=false", "en")
    follower.catch_up()
    assert item["id"] not in {key for _resource, key in follower.held}


def test_comune_is_the_places_or_those_of_the_centre(reader: Reader) -> None:
    place = Place.objects.filter(
        locale__language_code="it", comune__isnull=False, live=True
    ).exclude(comune=SARONNO)[0]
    publish_activities("saronno", activity("Placed", place=place), activity("Anywhere"))
    assert titles(reader, f"comune={SARONNO}") == ["Anywhere"]
    assert "Placed" in titles(reader, f"comune={place.comune_id}")
    assert "Placed" in titles(reader, f"province={place.comune.province_code}")
    item = reader.by_title("activities", "Placed")
    assert [comune["istat_code"] for comune in item["comuni"]] == [place.comune_id]


def test_ages_types_and_audiences(reader: Reader) -> None:
    types = reader.json("/api/v1/activity-types?limit=2")["items"]
    audience = reader.json("/api/v1/audiences?limit=1")["items"][0]
    publish_activities(
        "saronno",
        activity("Children", age_from=0, age_to=6, types=[types[0]["id"]]),
        activity("Old", age_from=65, types=[types[1]["id"]], audiences=[audience["id"]]),
    )
    assert "Children" in titles(reader, "age=6")
    assert not {"Children", "Old"} & set(titles(reader, "age=7"))
    assert {"Children", "Old"} <= set(titles(reader, "age=6&age=65"))
    assert "Old" in titles(reader, "age=120")
    of_type = titles(reader, f"activity_type={types[0]['code']}")
    assert "Children" in of_type
    assert "Old" not in of_type
    assert "Old" in titles(reader, f"audience={audience['code']}")
    assert titles(reader, f"activity_type={types[0]['code']}&age=65&comune={SARONNO}") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Mondays at a time, the second and the last Tuesday of the month, one date.
        ("from=2027-03-01&to=2027-03-01", {"Mondays"}),
        ("from=2027-03-02&to=2027-03-08", {"Mondays"}),
        ("from=2027-03-09&to=2027-03-09", {"Tuesdays"}),
        ("from=2027-03-23&to=2027-03-23", set()),
        ("from=2027-03-30&to=2027-03-30", {"Tuesdays"}),
        ("from=2027-03-17&to=2027-03-17", {"Once"}),
        ("from=2027-03-16&to=2027-03-21", {"Once"}),
        # The Monday after Easter is a holiday.
        ("from=2027-03-29&to=2027-03-29", set()),
        # Closed in August: no Monday is left, but one of the Tuesdays is.
        ("from=2027-08-02&to=2027-08-29", {"Tuesdays"}),
        ("from=2027-08-02&to=2027-08-30", {"Mondays", "Tuesdays"}),
        ("from=2027-03-18", {"Mondays", "Tuesdays"}),
        ("to=2027-03-16", {"Mondays", "Tuesdays"}),
        ("to=2027-03-17", {"Mondays", "Tuesdays", "Once"}),
        ("from=2027-01-01&to=2031-01-01", {"Mondays", "Tuesdays", "Once"}),
        ("from=2027-03-01&to=2027-03-31&comune=012026", set()),
    ],
)
def test_range_of_days(reader: Reader, query: str, found: set[str]) -> None:
    august = closure(date(2027, 8, 1), date(2027, 8, 29))
    publish_activities(
        "saronno",
        activity("Mondays", recurring=[weekly("MO", opens="09:00", closes="10:00"), august]),
        activity("Tuesdays", recurring=[monthly(2, -1, day="TU")]),
        activity("Once", dates=[{"date": date(2027, 3, 17)}]),
        activity("Whenever"),
    )
    assert set(titles(reader, query)) & {"Mondays", "Tuesdays", "Once", "Whenever"} == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2027-02-30", "from"),
        ("from=1.3.2027", "from"),
        ("to=20270301xx", "to"),
        ("to=0001-01-01", "to"),
        ("from=2027-03-02&to=2027-03-01", "to"),
        ("from=2027-03-02&from=2027-03-01", "from"),
        ("age=-1", "age"),
        ("age=121", "age"),
        ("province=va", "province"),
        ("comune=1", "comune"),
        ("activity_type=A", "activity_type"),
        ("audience=%00", "audience"),
    ],
)
@pytest.mark.parametrize("path", ["activities", "activities.ics"])
def test_wrong_values_are_named(reader: Reader, path: str, query: str, field: str) -> None:
    response = reader.get(f"/api/v1/{path}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_closures_cost_two_queries_more(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = "/api/v1/activities?from=2027-03-01&to=2027-03-31"
    with django_assert_num_queries(3):
        etag = reader.get(url)["ETag"]
    publish_activities(
        "saronno",
        activity("Closed", recurring=[weekly("MO"), closure(date(2027, 3, 1), date(2027, 3, 31))]),
    )
    with django_assert_num_queries(4):
        response = reader.get(url, if_none_match=etag)
    assert response.status_code == 200
    with django_assert_num_queries(1):
        assert reader.get(url, if_none_match=response["ETag"]).status_code == 304


def test_summary_tells_what_a_list_needs(reader: Reader) -> None:
    summary: dict[str, Any] = reader.json("/api/v1/activities?limit=1")["items"][0]
    full = reader.json(f"/api/v1/activities/{summary['id']}")
    assert "description" not in summary
    assert {name: full[name] for name in summary} == summary


def test_parts_name_their_owner(reader: Reader) -> None:
    centres = {item["id"] for item in reader.items("centres")}
    owners = Entry.objects.filter(resource="activities").values_list("owner", flat=True)
    assert {str(owner) for owner in owners} <= centres
