"""Every fact of the data files is found in the API; loading twice changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from centres.demo import facts
from centres.models import ActivityType, CentrePage, Comune, Organisation
from cms.delivery.models import Entry, Feed
from cms.phone_numbers import normalise_phone_number
from tests.reading import Reader

HERE = Path(facts.__file__).parent
CENTRES = json.loads((HERE / "insubria-centres.json").read_text(encoding="utf-8"))["centres"]
LEGAL = json.loads((HERE / "legal-references.json").read_text(encoding="utf-8"))
KINDS = {"sportello": "desk", "segreteria": "secretariat"}


@pytest.mark.parametrize("fact", CENTRES, ids=lambda fact: fact["slug"])
def test_centre(reader: Reader, fact: dict[str, Any]) -> None:
    document = reader.by_title("centres", fact["name"])
    assert document["management"]["code"] == fact["management"]
    assert document["district"]["title"] == fact["district"]
    assert {item["istat_code"] for item in document["comuni"]} == set(fact["comuni"])
    assert document["comuni_complete"] is fact["comuni_complete"]
    assert document["sources"] == fact["sources"]
    assert "verified_on" not in document
    bodies = {(row["organisation"]["title"], row["role"]["code"]) for row in document["bodies"]}
    expected = {(name, "partner") for name in fact["partners"]}
    if fact["lead_body"]:
        expected.add((fact["lead_body"]["name"], "lead"))
    assert bodies == expected
    contacts = {row["value"]: row["to_verify"] for row in document["contacts"]}
    known = [normalise_phone_number(fact["phone"])] if fact["phone"] else []
    known += [fact["email"]] if fact["email"] else []
    assert contacts == dict.fromkeys(known, fact["contacts_to_verify"])
    _same_hours(document.get("hours"), fact["hours"])


def _same_hours(part: dict[str, Any] | None, expected: list[dict[str, Any]]) -> None:
    rows = [row["value"] for row in part["rows"]] if part else []
    assert [(row["kind"]["code"], row["opens"], row["closes"]) for row in rows] == [
        (KINDS[row["kind"]], row["from"], row["to"]) for row in expected
    ]
    for row, wanted in zip(rows, expected, strict=True):
        first, _dash, last = wanted["days"].partition("-")
        assert (row["days"][0], row["days"][-1]) == (first, last or first)


@pytest.mark.parametrize("fact", CENTRES, ids=lambda fact: fact["slug"])
def test_seats(reader: Reader, fact: dict[str, Any]) -> None:
    seats = reader.by_title("centres", fact["name"])["seats"]
    assert [seat["place"]["name"]["text"] for seat in seats] == [
        place["name"] for place in fact["places"]
    ]
    for seat, place in zip(seats, fact["places"], strict=True):
        address = seat["place"]["address"]
        assert seat["role"]["code"] == place["role"]
        assert seat["status"]["code"] == place["status"]
        assert seat.get("valid_from") == place.get("valid_from")
        assert seat["place"].get("host", {}).get("text") == place["host"]
        assert address.get("street", {}).get("text") == place["street"]
        assert address.get("comune", {}).get("istat_code") == place["istat_code"]
        assert "postal_code" not in address
        assert seat.get("audience_note") == place["audience"]
        assert seat.get("note") == place["public_note_it"]
        assert seat.get("operator", {}).get("title") == place["operator"]
        _same_hours(seat.get("hours"), place["hours"])
        if place.get("phone"):
            assert seat["phone"]["value"] == normalise_phone_number(place["phone"])
            assert seat["phone"]["to_verify"] is True
        assert (place["editor_note_it"] or "never") not in json.dumps(seat, ensure_ascii=False)


@pytest.mark.parametrize("fact", CENTRES, ids=lambda fact: fact["slug"])
def test_activities(reader: Reader, fact: dict[str, Any]) -> None:
    blocks = reader.by_title("centres", fact["name"])["activities"]
    assert len(blocks) == len(fact["activities"])
    numbers = {
        str(key): number
        for key, number in ActivityType.objects.values_list("translation_key", "sort_order")
    }
    for block, activity in zip(blocks, fact["activities"], strict=True):
        value = block["value"]
        assert value["title"] == activity["title"]
        assert {numbers[term["id"]] for term in value["types"]} == set(activity["activity_types"])
        assert value.get("age_from") == activity["age_min"]
        assert value.get("age_to") == activity["age_max"]
        assert value.get("audience_note") == activity["audience"]
        assert value.get("when_note") == activity["when"]
        assert value.get("note") == activity["public_note_it"]
        assert value.get("place", {}).get("name", {}).get("text") == activity["place"]
        assert [meeting["date"] for meeting in value["dates"]] == activity.get("dates", [])
        for meeting in value["dates"]:
            assert meeting.get("starts") == activity.get("time_from")
            assert meeting.get("ends") == activity.get("time_to")
        booking = {True: "yes", False: "no", None: "not_stated"}[activity["booking_required"]]
        assert value["booking"]["code"] == booking


def test_thirty_activities_and_twenty_three_places(reader: Reader) -> None:
    centres = reader.items("centres")
    assert sum(len(centre["activities"]) for centre in centres) == 30
    assert len(reader.items("places")) == 23
    assert Comune.objects.count() == 1502


@pytest.mark.parametrize("fact", LEGAL["acts"], ids=lambda fact: fact["key"])
def test_act(reader: Reader, fact: dict[str, Any]) -> None:
    document = next(
        item
        for item in reader.items("legal-references")
        if (item["number"], item["year"]) == (fact["number"], fact["year"])
    )
    assert document["act_type"]["code"] == fact["act_type"]
    assert document["issuer"]["text"] == fact["issuer"]
    assert document.get("legislature") == fact["legislature"]
    assert document.get("date") == fact["date"]
    assert document.get("official_title", {}).get("text") == fact["title"]
    assert document.get("gloss") == fact.get("summary")
    assert document.get("urn") == fact.get("urn")
    assert document["force"]["code"] == "unknown"


def test_relations_are_told_from_both_ends(reader: Reader) -> None:
    keys = {f"{item['number']}/{item['year']}": item for item in reader.items("legal-references")}
    by_fact = {fact["key"]: keys[f"{fact['number']}/{fact['year']}"] for fact in LEGAL["acts"]}
    inverse = {
        "changes": "changed_by",
        "implements": "implemented_by",
        "based_on": "basis_for",
        "related_to": "related_to",
    }
    for relation in LEGAL["relations"]:
        act, other = by_fact[relation["from"]], by_fact[relation["to"]]
        told = {(row["relation"]["code"], row["act"]["id"]) for row in act["relations"]}
        assert (relation["relation"], other["id"]) in told
        told = {(row["relation"]["code"], row["act"]["id"]) for row in other["relations"]}
        assert (inverse[relation["relation"]], act["id"]) in told


def test_loading_again_changes_nothing(db: None) -> None:
    before = (Feed.objects.get().head, Entry.objects.count(), CentrePage.objects.count())
    call_command("load_demo", verbosity=0)
    assert (Feed.objects.get().head, Entry.objects.count(), CentrePage.objects.count()) == before


def test_loading_again_keeps_what_an_editor_changed(db: None) -> None:
    body = Organisation.objects.get(name="Comune di Saronno")
    body.name = "Città di Saronno"
    body.save_revision().publish()
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    page.comuni_complete = False
    page.save_revision().publish()
    gone = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    gone.delete()
    call_command("load_demo", verbosity=0)
    assert not Organisation.objects.filter(name="Comune di Saronno").exists()
    page.refresh_from_db()
    assert page.comuni_complete is False
    assert not CentrePage.objects.filter(slug="me-te", locale__language_code="it").exists()
