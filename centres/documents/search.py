"""The texts in which ``q`` looks, read from the documents: nothing is found that is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cms.delivery.narrative import narrative_texts
from cms.delivery.schemas import OfficialName

if TYPE_CHECKING:
    from centres.documents.activities import ActivityPart
    from centres.documents.centres import CentreDocument
    from centres.documents.vocabularies import ComuneSummary, PlaceDocument, PlaceSummary


def joined(texts: Iterable[str | None]) -> str:
    """Return the texts that are known as one."""
    return " ".join(text for text in texts if text)


def place_texts(place: PlaceSummary) -> Iterator[str | None]:
    """Yield the names by which a place is known, and where it stands."""
    address = place.address
    yield from (_text(place.name), _text(place.host), _text(address.street), address.postal_code)
    if address.comune:
        yield from _comune(address.comune)


def place_document_texts(place: PlaceDocument) -> Iterator[str | None]:
    """Yield the texts of a place that is read for itself."""
    yield from place_texts(place)
    yield from (place.accessibility, place.directions)


def centre_texts(document: CentreDocument) -> Iterator[str | None]:
    """Yield the texts of a centre: names, activities, seats, comuni, bodies and narrative."""
    yield from (document.name.text, document.text, document.alert)
    if document.district:
        yield document.district.title
    for comune in document.comuni:
        yield from _comune(comune)
    for body in document.bodies:
        yield body.organisation.title
    for seat in document.seats:
        yield from place_texts(seat.place)
        yield from (seat.audience_note, seat.note)
        if seat.operator:
            yield seat.operator.title
    for activity in document.activities:
        yield from activity_texts(activity)
    yield from narrative_texts(document.body)


def activity_texts(part: ActivityPart) -> Iterator[str | None]:
    """Yield the texts of an activity."""
    value = part.value
    yield from (value.title, value.audience_note, value.when_note, value.note)
    yield from (reference.title for reference in (*value.types, *value.audiences))
    if value.description:
        yield value.description.text
    if value.place:
        yield from place_texts(value.place)


def _comune(comune: ComuneSummary) -> tuple[str, str]:
    return comune.name.text, comune.province_code


def _text(name: OfficialName | None) -> str | None:
    return name.text if name else None
