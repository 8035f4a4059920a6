"""Calendars of activities, read back and compared with the documents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.dateparse import parse_datetime
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from centres.models import CentrePage, Place
from tests.centres.activities import activity, closure, monthly, publish_activities, weekly
from tests.reading import Reader

ROME = ZoneInfo("Europe/Rome")


def read(reader: Reader, path: str) -> Any:
    response = reader.get(path)
    assert response.status_code == 200, response.getvalue()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    content = response.getvalue()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    return Calendar.from_ical(content)


def by_summary(calendar: Any, title: str) -> list[Any]:
    return [event for event in calendar.walk("VEVENT") if event["SUMMARY"] == title]


@pytest.mark.parametrize("locale", ["it", "en"])
def test_every_date_of_every_activity_is_an_event(reader: Reader, locale: str) -> None:
    calendar = read(reader, f"/api/v1/activities.ics?locale={locale}")
    items = reader.items("activities", locale)
    wanted = sorted((item["title"], item["html_url"]) for item in items for _ in item["dates"])
    events = calendar.walk("VEVENT")
    assert sorted((event["SUMMARY"], event["URL"]) for event in events) == wanted
    assert len(wanted) > 10
    assert len({event["UID"] for event in events}) == len(events)
    titles = {item["title"]: item for item in items}
    for event in events:
        item = titles[event["SUMMARY"]]
        assert event["SUMMARY"].params["LANGUAGE"] == item["language"]
        assert event["SEQUENCE"] == item["sequence"]
        modified = parse_datetime(item["modified"])
        assert modified is not None
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == modified.replace(microsecond=0)
    assert calendar["PRODID"]
    assert calendar["VERSION"] == "2.0"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]


def test_times_are_on_the_clock_of_the_place(reader: Reader) -> None:
    place = Place.objects.filter(
        locale__language_code="it", live=True, comune__isnull=False, latitude__isnull=True
    )[0]
    place.latitude, place.longitude = "45.6250", "9.0330"  # type: ignore[assignment]
    place.street, place.postal_code = "via Roma, 1; interno 2", place.comune.postal_codes[0]  # type: ignore[union-attr]
    place.save_revision().publish()
    times = {"starts": datetime(1, 1, 1, 9, 30).time(), "ends": datetime(1, 1, 1, 11).time()}
    publish_activities(
        "saronno",
        activity("Timed", place=place, dates=[{"date": date(2027, 3, 17), **times}]),
        activity("Open end", dates=[{"date": date(2027, 7, 1), "starts": times["starts"]}]),
        activity("All day", dates=[{"date": date(2027, 3, 17)}]),
    )
    calendar = read(reader, "/api/v1/activities.ics")
    (timed,) = by_summary(calendar, "Timed")
    assert timed["DTSTART"].dt == datetime(2027, 3, 17, 9, 30, tzinfo=ROME)
    assert timed["DTSTART"].params["TZID"] == "Europe/Rome"
    assert timed["DTEND"].dt == datetime(2027, 3, 17, 11, tzinfo=ROME)
    assert (timed["GEO"].latitude, timed["GEO"].longitude) == (45.625, 9.033)
    assert "via Roma, 1; interno 2" in timed["LOCATION"]
    assert place.comune.name in timed["LOCATION"]  # type: ignore[union-attr]
    (open_end,) = by_summary(calendar, "Open end")
    assert open_end["DTSTART"].dt == datetime(2027, 7, 1, 9, 30, tzinfo=ROME)
    assert open_end["DTSTART"].dt.utcoffset() == timedelta(hours=2)
    assert "DTEND" not in open_end
    assert "LOCATION" not in open_end
    (all_day,) = by_summary(calendar, "All day")
    assert all_day["DTSTART"].dt == date(2027, 3, 17)
    assert all_day["DTSTART"].params["VALUE"] == "DATE"


def test_centroid_is_no_position(reader: Reader) -> None:
    calendar = read(reader, "/api/v1/activities.ics")
    exact = {
        item["title"]
        for item in reader.items("activities")
        if item.get("place", {}).get("point", {}).get("precision") == "exact"
    }
    assert {event["SUMMARY"] for event in calendar.walk("VEVENT") if "GEO" in event} <= exact
    assert any("LOCATION" in event for event in calendar.walk("VEVENT"))


def test_recurrences_are_rules(reader: Reader) -> None:
    from django.utils import timezone

    today = timezone.localdate()
    start = today + timedelta(days=30)
    publish_activities(
        "saronno",
        activity(
            "Weekly",
            recurring=[
                weekly("MO", "TH", opens="09:00", closes="10:30"),
                closure(start, start + timedelta(days=13)),
            ],
        ),
        activity("Monthly", recurring=[monthly(2, -1, day="TU")]),
        activity("By appointment", recurring=[("by_appointment", {"kind": "desk", "note": ""})]),
    )
    calendar = read(reader, "/api/v1/activities.ics")
    (event,) = by_summary(calendar, "Weekly")
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO,TH"
    first = event["DTSTART"].dt
    assert (first.hour, first.minute, first.weekday() in (0, 3)) == (9, 0, True)
    assert today <= first.date() <= today + timedelta(days=14)
    assert event["DTEND"].dt - first == timedelta(minutes=90)
    left_out = [item.dt for item in event["EXDATE"].dts]
    assert all(moment.weekday() in (0, 3) and moment.hour == 9 for moment in left_out)
    closed = [day for day in left_out if start <= day.date() <= start + timedelta(days=13)]
    assert len(closed) == 4
    easter_monday = {date(2027, 3, 29), date(2028, 4, 17), date(2026, 4, 6), date(2029, 4, 2)}
    assert {moment.date() for moment in left_out} & easter_monday
    (event,) = by_summary(calendar, "Monthly")
    assert event["RRULE"].to_ical() == b"FREQ=MONTHLY;BYDAY=2TU,-1TU"
    assert type(event["DTSTART"].dt) is date
    assert by_summary(calendar, "By appointment") == []


def test_identifiers_outlive_a_change_elsewhere(reader: Reader) -> None:
    def identifiers() -> dict[str, tuple[str, int]]:
        calendar = read(reader, f"/api/v1/centres/{page.translation_key}.ics")
        return {
            event["SUMMARY"]: (event["UID"], event["SEQUENCE"]) for event in calendar.walk("VEVENT")
        }

    page = publish_activities(
        "saronno",
        activity("Weekly", recurring=[weekly("MO", opens="09:00", closes="10:30")]),
        activity("Once", dates=[{"date": date(2027, 3, 17)}]),
    )
    before = identifiers()
    stream = page.activities
    stream[0].value["note"] = "Bring a pen"
    page.save_revision().publish()
    from cms.delivery.drain import drain_all

    drain_all()
    after = identifiers()
    assert after["Once"] == before["Once"]
    assert after["Weekly"][0] == before["Weekly"][0]
    assert after["Weekly"][1] > before["Weekly"][1]


def test_filters_choose_the_events(reader: Reader) -> None:
    calendar = read(reader, "/api/v1/activities.ics?from=2026-02-02&to=2026-02-02")
    assert [event["SUMMARY"] for event in calendar.walk("VEVENT")] == ["Scambio tra culture"]
    empty = read(reader, "/api/v1/activities.ics?from=1999-02-02&to=1999-02-02")
    assert empty.walk("VEVENT") == []


@pytest.mark.parametrize("locale", ["it", "en"])
def test_centre_has_its_own(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, locale: str
) -> None:
    centre = reader.by_title("centres", "Centro per la Famiglia di Saronno", locale)
    url = f"/api/v1/centres/{centre['id']}.ics?locale={locale}"
    with django_assert_num_queries(2):
        response = reader.get(url)
    assert response["Content-Language"] == locale
    calendar = Calendar.from_ical(response.content)
    wanted = [block["value"] for block in centre["activities"]]
    assert {event["SUMMARY"] for event in calendar.walk("VEVENT")} == {
        value["title"] for value in wanted if value["dates"]
    }
    assert calendar["NAME"] == centre["title"]
    with django_assert_num_queries(1):
        assert reader.get(url, if_none_match=response["ETag"]).status_code == 304


def test_hidden_centre_has_none(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    page.unpublish()
    from cms.delivery.drain import drain_all

    drain_all()
    response = reader.get(f"/api/v1/centres/{page.translation_key}.ics")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
