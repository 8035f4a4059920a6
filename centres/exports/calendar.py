"""Activities as iCalendar (RFC 5545), from their documents; never from the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
    vText,
)

from centres.exports.recurrences import Recurrence, recurrences
from cms.delivery.opening import ZONE

PRODID = "-//wagtail-family-centres//activities//EN"
UTC = ZoneInfo("UTC")


def calendar_text(
    documents: Iterator[Mapping[str, Any]], name: str, language: str
) -> Iterator[bytes]:
    """Yield a calendar of the activities in *documents*, one event after the other."""
    yield from _opening(name, language)
    for document in documents:
        for event in events(document):
            yield event.to_ical()
    yield b"END:VCALENDAR\r\n"


def _opening(name: str, language: str) -> Iterator[bytes]:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("name", vText(name, params={"LANGUAGE": language}))
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE.key)
    yield calendar.to_ical().partition(b"END:VCALENDAR")[0]
    yield _time_zone()


@cache
def _time_zone() -> bytes:
    """The rules of the European Union since 1996 (directive 2000/84/EC), which have no end."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    for part, name, month, start, before, after in (
        (TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), 1, 2),
        (TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), 2, 1),
    ):
        part.add("dtstart", start)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone.to_ical()


def events(document: Mapping[str, Any]) -> Iterator[Event]:
    """Yield an event for each date of an activity, and one for each rule by which it recurs."""
    seen: set[str] = set()
    for meeting in document["dates"]:
        key = f"{meeting['date']}T{meeting.get('starts', '')}"
        while key in seen:
            key += "+"
        seen.add(key)
        yield _dated(document, meeting, key)
    for recurrence in recurrences(document.get("recurring"), _modified(document).date()):
        if recurrence.key not in seen:
            seen.add(recurrence.key)
            yield _recurring(document, recurrence)


def _dated(document: Mapping[str, Any], meeting: Mapping[str, str], key: str) -> Event:
    event = _event(document, key)
    day = date.fromisoformat(meeting["date"])
    if "starts" not in meeting:
        event.add("dtstart", day)
        return event
    event.add("dtstart", _moment(day, meeting["starts"]))
    if "ends" in meeting:
        event.add("dtend", _moment(day, meeting["ends"]))
    return event


def _recurring(document: Mapping[str, Any], recurrence: Recurrence) -> Event:
    event = _event(document, recurrence.key)
    opens, closes = recurrence.opens, recurrence.closes
    days: list[date] = [recurrence.first, *recurrence.excluded]
    if opens is not None and closes is not None:
        event.add("dtend", datetime.combine(recurrence.first, closes, tzinfo=ZONE))
        days = [datetime.combine(day, opens, tzinfo=ZONE) for day in days]
    event.add("dtstart", days[0])
    event.add("rrule", vRecur.from_ical(recurrence.rule))
    if days[1:]:
        event.add("exdate", days[1:])
    return event


def _event(document: Mapping[str, Any], key: str) -> Event:
    event = Event()
    modified = _modified(document)
    words = {"LANGUAGE": document["language"]}
    event.add("uid", str(uuid5(UUID(document["id"]), key)))
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("sequence", document["sequence"])
    event.add("summary", vText(document["title"], params=words))
    if description := _description(document):
        event.add("description", vText(description, params=words))
    if types := [item["title"] for item in document["types"]]:
        event.add("categories", types)
    if address := document.get("html_url"):
        event.add("url", address)
    if place := document.get("place"):
        event.add("location", vText(location(place), params={"LANGUAGE": place["name"]["lang"]}))
        point = place.get("point")
        if point and point["precision"] == "exact":
            event.add("geo", (point["latitude"], point["longitude"]))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def location(place: Mapping[str, Any]) -> str:
    """Return name, street and comune of a place in one line, as far as they are known."""
    address = place["address"]
    comune = address.get("comune")
    town = f"{comune['name']['text']} ({comune['province_code']})" if comune else ""
    postal = " ".join(part for part in (address.get("postal_code", ""), town) if part)
    street = address.get("street", {}).get("text", "")
    return ", ".join(part for part in (place["name"]["text"], street, postal) if part)


def _description(document: Mapping[str, Any]) -> str:
    lines = [document["description"]["text"] if "description" in document else ""]
    lines += [document.get(name, "") for name in ("audience_note", "when_note", "booking_note")]
    lines += [document["centre"]["title"]]
    return "\n".join(line for line in lines if line)


def _moment(day: date, text: str) -> datetime:
    return datetime.combine(day, datetime.strptime(text, "%H:%M").time(), tzinfo=ZONE)


def _modified(document: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(document["modified"]).astimezone(UTC).replace(microsecond=0)
