"""A programme as a document: each statement at a path of its own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from pydantic import Field

from centres.blocks.activities import Stated
from centres.blocks.means import MeansStreamBlock
from centres.documents.parts import (
    ContactPart,
    LegalBasisPart,
    contacts,
    funding,
    legal_basis,
)
from centres.documents.vocabularies import Labelled, labelled, official
from centres.models import ActivityType, Audience, CentrePage, ProgrammePage, ServiceForm
from cms.delivery import keys
from cms.delivery.block_documents import register_stream
from cms.delivery.identity import identity, with_translations
from cms.delivery.look import Look
from cms.delivery.narrative import Narrative, narrative, narrative_texts
from cms.delivery.resources import Built, Resource, register
from cms.delivery.rich_text import formatted
from cms.delivery.schemas import (
    Code,
    DocumentPart,
    FormattedText,
    Item,
    ItemSummary,
    Line,
    OfficialName,
    Reference,
    Url,
)
from cms.delivery.untranslated import Untranslated
from cms.delivery.visibility import Public
from cms.feedback_channels import FeedbackChannel


class Presence(DocumentPart):
    """How many centres there are: counted, never typed."""

    number: int = Field(ge=0, le=100_000, json_schema_extra={"format": "int32"})
    in_words: Line
    centres: list[Reference] = Field(max_length=100_000)


class Access(DocumentPart):
    direct: Labelled
    free: Labelled
    note: FormattedText | None = None


class ChannelPart(DocumentPart):
    """A feedback channel, by the place in the page where it is answered."""

    kind: Code
    label: Line
    url: Url


class ProgrammeSummary(ItemSummary):
    number_of_centres: int = Field(ge=0, le=100_000, json_schema_extra={"format": "int32"})


class ProgrammeDocument(Item):
    """A programme of family centres."""

    alternate_name: OfficialName | None = None
    purpose: FormattedText | None = None
    sharing: FormattedText | None = None
    means: list[Line] = Field(max_length=50)
    management_note: FormattedText | None = None
    origin: FormattedText | None = None
    network_note: FormattedText | None = None
    objective: FormattedText | None = None
    service_forms: list[Reference] = Field(max_length=100)
    audience_note: FormattedText | None = None
    critical_moments: list[Reference] = Field(max_length=100)
    community_role: FormattedText | None = None
    presence: Presence
    funding: list[Reference] = Field(max_length=100)
    activity_types: list[Reference] = Field(max_length=100)
    access: Access
    legal_basis: list[LegalBasisPart] = Field(max_length=200)
    contacts: list[ContactPart] = Field(max_length=200)
    feedback_channels: list[ChannelPart] = Field(max_length=10)
    body: Narrative


def _build(state: Public, look: Look) -> Built:
    page: ProgrammePage = state.instance
    source: ProgrammePage = state.source
    fields = identity(ProgrammePage, state, look)
    presence = _presence(source, look)
    left = look.untranslated(state)
    document = ProgrammeDocument(
        **with_translations(fields, ProgrammePage, look),
        alternate_name=official(source.alternate_name),
        purpose=formatted(page.purpose, look, left.below("purpose")),
        sharing=formatted(page.sharing, look, left.below("sharing")),
        means=[child.value for child in page.means],
        text_languages=_text_languages(page, left),
        management_note=formatted(page.management_note, look, left.below("management_note")),
        origin=formatted(page.origin, look, left.below("origin")),
        network_note=formatted(page.network_note, look, left.below("network_note")),
        objective=formatted(page.objective, look, left.below("objective")),
        service_forms=look.references(ServiceForm, _ids(source.service_forms)),
        audience_note=formatted(page.audience_note, look, left.below("audience_note")),
        critical_moments=look.references(Audience, _ids(source.critical_moments)),
        community_role=formatted(page.community_role, look, left.below("community_role")),
        presence=presence,
        funding=funding(source.funding.all(), look),
        activity_types=look.references(ActivityType, _ids(source.activity_types)),
        access=Access(
            direct=labelled(Stated, source.access_direct),
            free=labelled(Stated, source.access_free),
            note=formatted(page.access_note, look, left.below("access_note")),
        ),
        legal_basis=legal_basis(source.legal_basis.all(), look),
        feedback_channels=[
            ChannelPart(
                kind=channel.value,
                label=str(channel.label),
                url=f"{fields['html_url']}#{channel.value}",
            )
            for channel in FeedbackChannel
        ],
        contacts=contacts(source.contacts.all(), page.contacts.all(), left.below("contacts")),
        body=narrative(page.body, look, left.below("body")),
    )
    return Built(
        document,
        ProgrammeSummary(**fields, number_of_centres=presence.number),
        sort_key=page.title,
        search=" ".join(_texts(document)),
    )


def _text_languages(page: ProgrammePage, left: Untranslated) -> dict[str, str] | None:
    means = enumerate(page.means)
    return {
        f"means.{position}": left.language
        for position, child in means
        if left.below("means").has(child.value, str(child.id))
    } or None


def _texts(document: ProgrammeDocument) -> Iterator[str]:
    """Yield the texts in which ``q`` looks."""
    if document.alternate_name:
        yield document.alternate_name.text
    statements = (
        document.purpose,
        document.sharing,
        document.management_note,
        document.origin,
        document.network_note,
        document.objective,
        document.audience_note,
        document.community_role,
        document.access.note,
    )
    yield from (statement.text for statement in statements if statement)
    yield from document.means
    named = (*document.service_forms, *document.critical_moments, *document.activity_types)
    yield from (reference.title for reference in named)
    yield from narrative_texts(document.body)


def _ids(values: list[str]) -> list[UUID]:
    return [UUID(str(value)) for value in values]


def _presence(source: ProgrammePage, look: Look) -> Presence:
    look.note(keys.children_key(source.translation_key))
    ids = (
        CentrePage.objects.child_of(source)
        .order_by("path")
        .values_list("translation_key", flat=True)
    )
    centres = look.references(CentrePage, ids)
    number = len(centres)
    sentence = ngettext(
        "At present there is %(number)s centre.",
        "At present there are %(number)s centres.",
        number,
    )
    return Presence(
        number=number,
        in_words=sentence % {"number": number_in_words(number)},
        centres=centres,
    )


def number_in_words(number: int) -> str:
    """Return a small number as a word of the active language, a large one in digits."""
    words = [
        pgettext("number", "no"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    ]
    return words[number] if number < len(words) else str(number)


register_stream(MeansStreamBlock, ["item"])
register(
    Resource(
        "programmes",
        ProgrammePage,
        ProgrammeDocument,
        ProgrammeSummary,
        _build,
        "Programmes",
        "Programmes of family centres, statement by statement.",
        prefetch_related=("legal_basis__act", "funding__source", "contacts"),
    )
)
