"""Activities as documents: data from the source's blocks, words from the translated ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from centres.blocks.activities import ActivitiesStreamBlock, Stated
from centres.documents.hours import HoursPart, hours
from centres.documents.vocabularies import Labelled, PlaceSummary, labelled, place_summary
from centres.models import ActivityType, Audience, Place
from cms.delivery.block_documents import register_stream
from cms.delivery.look import Look
from cms.delivery.rich_text import formatted
from cms.delivery.schemas import (
    Code,
    DocumentPart,
    FormattedText,
    LanguageTag,
    Line,
    Reference,
    Worded,
)
from cms.delivery.untranslated import Untranslated
from cms.delivery.visibility import Public


class Meeting(DocumentPart):
    date: str = Field(max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$")
    starts: str | None = Field(None, max_length=5, pattern=r"^\d{2}:\d{2}$")
    ends: str | None = Field(None, max_length=5, pattern=r"^\d{2}:\d{2}$")


class Activity(Worded):
    """What a centre does. Ages are in completed years, both ends included."""

    title: Line
    language: LanguageTag = Field(description="The language that its words are in.")
    types: list[Reference] = Field(max_length=50)
    description: FormattedText | None = None
    audiences: list[Reference] = Field(max_length=100)
    audience_note: Line | None = None
    age_from: int | None = Field(None, ge=0, le=120, json_schema_extra={"format": "int32"})
    age_to: int | None = Field(None, ge=0, le=120, json_schema_extra={"format": "int32"})
    place: PlaceSummary | None = None
    dates: list[Meeting] = Field(max_length=500)
    recurring: HoursPart | None = None
    when_note: Line | None = None
    booking: Labelled
    booking_note: Line | None = None
    free_of_charge: Labelled
    accompanied: Labelled
    contact_note: Line | None = None
    note: Line | None = None


TEXTS = ("title", "audience_note", "when_note", "booking_note", "contact_note", "note")
"""The plain texts of an activity."""


class ActivityPart(DocumentPart):
    """A block of a centre's activities, with its stable id."""

    type: Literal["activity"] = "activity"
    id: Code
    value: Activity


def activities(state: Public, look: Look) -> list[ActivityPart]:
    """Build a centre's activities in the order of the source."""
    stream = state.source.activities
    words = dict(zip(block_ids(state.instance.activities), state.instance.activities, strict=True))
    places = look.objects(
        Place, [child.value["place"].translation_key for child in stream if child.value["place"]]
    )
    left = look.untranslated(state).below("activities")
    source_language = look.reads.languages[state.source.locale_id]
    return [
        ActivityPart(
            id=block_id,
            value=_activity(
                child.value,
                words.get(block_id, child).value,
                state.language if block_id in words else source_language,
                places,
                look,
                left.below(child.id),
            ),
        )
        for block_id, child in zip(block_ids(stream), stream, strict=True)
    ]


def block_ids(stream: Iterable[Any]) -> list[str]:
    """Return an id for each block of *stream*, unique in it: anchors and parts go by it.

    The editor gives every block one. Rows that were written past it may lack one or have it twice;
    then the position tells blocks apart.
    """
    found: list[str] = []
    for position, child in enumerate(stream, start=1):
        known = str(child.id) if child.id else ""
        found.append(f"{known or 'n'}-{position}" if not known or known in found else known)
    return found


def _activity(
    data: Any,
    words: Any,
    language: str,
    places: dict[Any, Public],
    look: Look,
    left: Untranslated,
) -> Activity:
    description = words["description"]
    place = places.get(data["place"].translation_key) if data["place"] else None
    return Activity(
        title=words["title"],
        language=language,
        types=look.references(ActivityType, _uuids(data["types"])),
        text_languages=left.languages(**{name: words[name] for name in TEXTS}),
        description=(
            formatted(description.source, look, left.below("description")) if description else None
        ),
        audiences=look.references(Audience, _uuids(data["audiences"])),
        audience_note=words["audience_note"] or None,
        age_from=data["age_from"],
        age_to=data["age_to"],
        place=place_summary(place, look) if place else None,
        dates=[
            Meeting(
                date=meeting["date"].isoformat(),
                starts=f"{meeting['starts']:%H:%M}" if meeting["starts"] else None,
                ends=f"{meeting['ends']:%H:%M}" if meeting["ends"] else None,
            )
            for meeting in data["dates"]
        ],
        recurring=hours(data["recurring"], words["recurring"], left.below("recurring")),
        when_note=words["when_note"] or None,
        booking=labelled(Stated, data["booking"]),
        booking_note=words["booking_note"] or None,
        free_of_charge=labelled(Stated, data["free_of_charge"]),
        accompanied=labelled(Stated, data["accompanied"]),
        contact_note=words["contact_note"] or None,
        note=words["note"] or None,
    )


def _uuids(values: Any) -> list[Any]:
    return [UUID(value) for value in values or ()]


register_stream(ActivitiesStreamBlock, [ActivityPart.model_fields["type"].default])
