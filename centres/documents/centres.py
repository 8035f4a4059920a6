"""A centre as a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import Field

from centres.documents.activities import ActivityPart, activities
from centres.documents.activity_items import ACTIVITIES, activity_items
from centres.documents.centre_references import centre_references
from centres.documents.facets import centre_facets
from centres.documents.hours import HoursPart, hours
from centres.documents.parts import (
    ContactPart,
    LegalBasisPart,
    contacts,
    funding,
    legal_basis,
)
from centres.documents.search import centre_texts, joined
from centres.documents.vocabularies import (
    ComuneSummary,
    Labelled,
    PlaceSummary,
    comune_summary,
    labelled,
    named,
    place_summary,
)
from centres.models import (
    BodyRole,
    CentrePage,
    CentreStatus,
    ContactKind,
    District,
    Management,
    Organisation,
    Place,
    ProgrammePage,
    SeatRole,
    SeatStatus,
)
from centres.models.contacts import contact_uri
from cms.blocks.sources import SourcesStreamBlock
from cms.delivery.block_documents import register_stream
from cms.delivery.identity import identity, with_translations
from cms.delivery.look import Look
from cms.delivery.narrative import Narrative, narrative, renditions
from cms.delivery.resources import Built, Resource, register
from cms.delivery.schemas import (
    DocumentPart,
    Item,
    ItemSummary,
    LanguageTag,
    Line,
    OfficialName,
    Reference,
    Rendition,
    Text,
    Url,
    Worded,
)
from cms.delivery.untranslated import Untranslated
from cms.delivery.visibility import Public


class BodyPart(DocumentPart):
    organisation: Reference
    role: Labelled


class SeatPart(Worded):
    """A seat. Dates may be a year, a month or a day; readers compare them with the clock."""

    place: PlaceSummary
    role: Labelled
    status: Labelled
    language: LanguageTag = Field(description="The language that its notes are in.")
    valid_from: str | None = Field(None, max_length=10, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    valid_to: str | None = Field(None, max_length=10, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    validity_in_words: Line | None = None
    hours: HoursPart | None = None
    phone: ContactPart | None = None
    operator: Reference | None = None
    audience_note: Line | None = None
    note: Line | None = None


class CentreSummary(ItemSummary):
    """What a list of centres shows."""

    name: OfficialName
    text: Text | None = None
    status: Labelled
    management: Labelled
    district: Reference | None = None
    comuni: list[ComuneSummary] = Field(max_length=2000)
    comuni_complete: bool
    verified_on: date | None = None


class CentreDocument(Item, CentreSummary):
    """A family centre. ``comuni_complete`` says whether the list of comuni can be relied on."""

    programme: Reference | None = None
    alert: Text | None = None
    images: list[Rendition] = Field(max_length=10)
    bodies: list[BodyPart] = Field(max_length=200)
    seats: list[SeatPart] = Field(max_length=500)
    hours: HoursPart | None = None
    contacts: list[ContactPart] = Field(max_length=200)
    activities: list[ActivityPart] = Field(max_length=500)
    legal_basis: list[LegalBasisPart] = Field(max_length=200)
    funding: list[Reference] = Field(max_length=200)
    body: Narrative
    sources: list[Url] = Field(max_length=200)
    verified_by: Reference | None = None


def _build(state: Public, look: Look) -> Built:
    page: CentrePage = state.instance
    fields = identity(CentrePage, state, look)
    shared = _summary_fields(state, look)
    left = look.untranslated(state)
    translated = with_translations(fields, CentrePage, look)
    listed = activities(state, look)
    document = CentreDocument(
        **translated,
        **{**shared, "text_languages": _text_languages(page, left, alert=page.alert)},
        programme=_programme(page, look),
        alert=page.alert or None,
        images=_images(state, look),
        bodies=_bodies(state.source, look),
        seats=_seats(state, look),
        hours=hours(state.source.hours, page.hours, left.below("hours")),
        contacts=contacts(state.source.contacts.all(), page.contacts.all(), left.below("contacts")),
        activities=listed,
        legal_basis=legal_basis(state.source.legal_basis.all(), look),
        funding=funding(state.source.funding.all(), look),
        body=narrative(page.body, look, left.below("body")),
        sources=[child.value["url"] for child in state.source.sources],
        verified_by=_organisation(state.source.verified_by, look),
    )
    return Built(
        document,
        CentreSummary(**fields, **shared),
        sort_key=page.title,
        facets=centre_facets(state.source, look),
        search=joined(centre_texts(document)),
        parts=activity_items(state, translated, listed, look),
    )


def _summary_fields(state: Public, look: Look) -> dict[str, Any]:
    page, source = state.instance, state.source
    district = look.references(District, [source.district.public_id] if source.district else [])
    return {
        "name": named(page.title),
        "text": page.summary or None,
        "text_languages": _text_languages(page, look.untranslated(state)),
        "status": labelled(CentreStatus, source.status),
        "management": labelled(Management, source.management),
        "district": next(iter(district), None),
        "comuni": [comune_summary(row.comune) for row in source.comuni.all()],
        "comuni_complete": source.comuni_complete,
        "verified_on": source.verified_on,
    }


def _text_languages(page: CentrePage, left: Untranslated, **others: str) -> dict[str, str] | None:
    found = left.languages(summary=page.summary, **others) or {}
    return {"text" if name == "summary" else name: code for name, code in found.items()} or None


def _programme(page: CentrePage, look: Look) -> Reference | None:
    ancestors = look.reads.ancestor_keys(page)
    found = look.references(ProgrammePage, ancestors[-2:-1])
    return next(iter(found), None)


def _images(state: Public, look: Look) -> list[Rendition]:
    source = state.source
    if source.image is None:
        return []
    alt = "" if source.image_decorative else state.instance.image_alt
    left = look.untranslated(state)
    return renditions(source.image, alt, look, left.language if left.has(alt, "image_alt") else "")


def _bodies(page: CentrePage, look: Look) -> list[BodyPart]:
    rows = list(page.bodies.all())
    found = look.objects(Organisation, [row.organisation.public_id for row in rows])
    return [
        BodyPart(
            organisation=look.reference(Organisation, found[row.organisation.public_id]),
            role=labelled(BodyRole, row.role),
        )
        for row in rows
        if row.organisation.public_id in found
    ]


def _organisation(body: Organisation | None, look: Look) -> Reference | None:
    return next(iter(look.references(Organisation, [body.public_id] if body else [])), None)


def _seats(state: Public, look: Look) -> list[SeatPart]:
    rows = list(state.source.seats.all())
    words = {row.translation_key: row for row in state.instance.seats.all()}
    places = look.objects(Place, [row.place.translation_key for row in rows])
    left = look.untranslated(state).below("seats")
    source_language = look.reads.languages[state.source.locale_id]
    return [
        _seat(
            row,
            words.get(row.translation_key, row),
            state.language if row.translation_key in words else source_language,
            place_summary(places[row.place.translation_key], look),
            look,
            left.below(row.translation_key),
        )
        for row in rows
        if row.place.translation_key in places
    ]


def _seat(
    data: Any, words: Any, language: str, place: PlaceSummary, look: Look, left: Untranslated
) -> SeatPart:
    phone = None
    if data.phone:
        phone = ContactPart(
            kind=labelled(ContactKind, ContactKind.PHONE),
            value=data.phone,
            uri=contact_uri(ContactKind.PHONE, data.phone),
            to_verify=data.phone_to_verify,
        )
    return SeatPart(
        place=place,
        role=labelled(SeatRole, data.role),
        status=labelled(SeatStatus, data.status),
        language=language,
        valid_from=str(data.valid_from) if data.valid_from else None,
        valid_to=str(data.valid_to) if data.valid_to else None,
        validity_in_words=validity_in_words(data.valid_from, data.valid_to),
        hours=hours(data.hours, words.hours, left.below("hours")),
        phone=phone,
        operator=_organisation(data.operator, look),
        audience_note=words.audience_note or None,
        note=words.note or None,
        text_languages=left.languages(audience_note=words.audience_note, note=words.note),
    )


def validity_in_words(start: Any, end: Any) -> str | None:
    """Return "from December 2024", "until 2025", or both; ``None`` where neither is known."""
    if start and end:
        return _("from %(start)s until %(end)s") % {
            "start": start.in_words(),
            "end": end.in_words(),
        }
    if start:
        return _("from %(start)s") % {"start": start.in_words()}
    return _("until %(end)s") % {"end": end.in_words()} if end else None


register_stream(SourcesStreamBlock, ["source"])
register(
    Resource(
        "centres",
        CentrePage,
        CentreDocument,
        CentreSummary,
        _build,
        "Centres",
        "Family centres with their seats, hours, contacts and activities.",
        official_title=True,
        select_related=("district", "image", "verified_by"),
        prefetch_related=(
            "seats__place",
            "seats__operator",
            "bodies__organisation",
            "comuni__comune",
            "contacts",
            "legal_basis__act",
            "funding__source",
        ),
        parts=ACTIVITIES,
        refers_to=centre_references,
    )
)
