"""Activities as objects of their own: parts of a centre, derived from its blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from pydantic import Field

from centres.blocks.hours import hours_rules
from centres.documents.activities import Activity, ActivityPart, Meeting
from centres.documents.activity_facets import activity_facets
from centres.documents.hours import HoursPart
from centres.documents.vocabularies import ComuneSummary, Labelled, PlaceSummary, comune_summary
from centres.models import ActivityType, Audience, CentrePage
from cms.delivery.look import Look
from cms.delivery.resources import Built, PartResource
from cms.delivery.schemas import Code, Item, ItemSummary, Line, Reference, Translation
from cms.delivery.visibility import Public


class ActivitySummary(ItemSummary):
    """What a list of activities shows."""

    centre: Reference
    types: list[Reference] = Field(max_length=50)
    audiences: list[Reference] = Field(max_length=100)
    audience_note: Line | None = None
    age_from: int | None = Field(None, ge=0, le=120, json_schema_extra={"format": "int32"})
    age_to: int | None = Field(None, ge=0, le=120, json_schema_extra={"format": "int32"})
    place: PlaceSummary | None = None
    comuni: list[ComuneSummary] = Field(
        max_length=2000,
        description="The comune of its place; where that is not known, those its centre serves.",
    )
    dates: list[Meeting] = Field(max_length=500)
    recurring: HoursPart | None = None
    when_note: Line | None = None
    booking: Labelled
    free_of_charge: Labelled


class ActivityDocument(Item, Activity):
    """An activity of a centre, as the centre's document tells it too."""

    centre: Reference
    block: Code = Field(description="The id of its block in the centre's document.")
    comuni: list[ComuneSummary] = Field(
        max_length=2000,
        description="The comune of its place; where that is not known, those its centre serves.",
    )


def activity_id(centre: UUID, block: str) -> UUID:
    """Return the public id of an activity.

    A copied page keeps the ids of its blocks: only with its centre is a block unique.
    """
    return uuid5(centre, block)


def activity_items(
    state: Public, fields: Mapping[str, Any], listed: Sequence[ActivityPart], look: Look
) -> dict[UUID, Built]:
    """Build an item of each of a centre's activities; *fields* are the centre's identity."""
    centre: CentrePage = state.source
    reference = look.reference(CentrePage, state)
    served = [comune_summary(row.comune) for row in centre.comuni.all()]
    codes = _codes(centre, look)
    found = {}
    for part, child in zip(listed, centre.activities, strict=True):
        public_id = activity_id(centre.translation_key, part.id)
        place = part.value.place
        where = [place.address.comune] if place and place.address.comune else served
        found[public_id] = _built(
            part,
            _identity(part, public_id, fields, look),
            {"centre": reference, "comuni": where},
            activity_facets(
                child.value,
                hours_rules(child.value["recurring"]),
                where,
                codes,
            ),
        )
    return found


def _codes(centre: CentrePage, look: Look) -> dict[UUID, str]:
    """The codes of the public terms that the centre's activities name."""
    values = [child.value for child in centre.activities]
    wanted = ((ActivityType, "types"), (Audience, "audiences"))
    return {
        key: term.source.code
        for model, name in wanted
        for key, term in look.objects(
            model, [UUID(text) for value in values for text in value[name] or ()]
        ).items()
    }


def _identity(
    part: ActivityPart, public_id: UUID, fields: Mapping[str, Any], look: Look
) -> dict[str, Any]:
    anchor = f"#a-{part.id}"
    address = fields["html_url"]
    return {
        "id": public_id,
        "type": ACTIVITIES.name,
        "url": look.url(ACTIVITIES.name, public_id),
        "title": part.value.title,
        "title_language": (part.value.text_languages or {}).get("title", part.value.language),
        "locale": look.locale,
        "language": part.value.language,
        "is_fallback": part.value.language != look.locale,
        "html_url": f"{address}{anchor}" if address else None,
        "translations": [
            Translation(locale=item.locale, html_url=f"{item.html_url}{anchor}")
            for item in fields["translations"]
        ],
    }


def _built(
    part: ActivityPart, identity: dict[str, Any], others: dict[str, Any], facets: Any
) -> Built:
    values = {name: getattr(part.value, name) for name in Activity.model_fields}
    shown = {name: value for name, value in values.items() if name in ActivitySummary.model_fields}
    shown["text_languages"] = {
        name: language
        for name, language in (part.value.text_languages or {}).items()
        if name in ActivitySummary.model_fields
    } or None
    summary = {name: value for name, value in identity.items() if name != "translations"}
    return Built(
        ActivityDocument(**{**values, **identity, **others}, block=part.id),
        ActivitySummary(**{**shown, **summary, **others}),
        sort_key=part.value.title,
        facets=facets,
        search=_words(part.value, others),
    )


def _words(activity: Activity, others: Mapping[str, Any]) -> str:
    """What ``q`` finds an activity by: its texts, its types, its centre and where it is."""
    place = activity.place
    words = [activity.title, activity.description.text if activity.description else ""]
    words += [activity.audience_note or "", activity.when_note or "", others["centre"].title]
    words += [reference.title for reference in (*activity.types, *activity.audiences)]
    words += [place.name.text if place else ""]
    words += [comune.name.text for comune in others["comuni"]]
    return " ".join(words)


ACTIVITIES = PartResource(
    "activities",
    ActivityDocument,
    ActivitySummary,
    "Activities",
    "What centres do, each activity with its centre, place and dates. An activity is shown "
    "exactly while its centre is. It is found by the comune of its place or, where that is not "
    "known, by those that its centre serves.",
)
