"""Acts as documents: citation, links to the text, relations both ways, and where they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field
from wagtail.models import Page

from centres.act_relations import INVERSES, ActRelation
from centres.citations import ActType, resolver_url
from centres.documents.vocabularies import Labelled, labelled, named, official
from centres.models import (
    CentreLegalBasis,
    CentrePage,
    Force,
    LegalReference,
    LegalReferencesPage,
    LegalRelation,
    ProgrammeLegalBasis,
    ProgrammePage,
)
from cms.delivery import keys
from cms.delivery.facets import Facets
from cms.delivery.identity import identity, with_translations
from cms.delivery.look import Look
from cms.delivery.resources import Built, Resource, register
from cms.delivery.rich_text import register_link_type
from cms.delivery.schemas import (
    Code,
    DocumentPart,
    Item,
    ItemSummary,
    Line,
    OfficialName,
    Reference,
    Text,
    Url,
)
from cms.delivery.visibility import Public

MAX_USES = 100
"""How many pages an act's document names that rest on it."""


class Relation(DocumentPart):
    """A relation to another act, by its name in the ELI ontology and in words."""

    relation: Labelled
    act: Reference


class ActSummary(ItemSummary):
    act_type: Labelled
    citation: OfficialName
    full_citation: OfficialName
    key: Code
    number: Code
    year: int = Field(ge=1861, le=2200, json_schema_extra={"format": "int32"})
    date: str | None = Field(None, max_length=10, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    gloss: Text | None = None
    text_url: Url | None = None


class ActDocument(Item, ActSummary):
    """An act. ``title`` is its short citation; the official title, where known, is apart."""

    issuer: OfficialName
    legislature: Code | None = None
    official_title: OfficialName | None = None
    force: Labelled
    published_in: OfficialName | None = None
    urn: Line | None = None
    eli: Url | None = None
    source: Url | None = None
    checked_on: date | None = None
    relations: list[Relation] = Field(max_length=200)
    used_in: list[Reference] = Field(
        max_length=MAX_USES,
        description="Programmes, then centres, that rest on it. There may be more centres: the "
        "filter `legal_reference` of the list of centres finds all.",
    )


def text_url(act: LegalReference) -> str | None:
    """Return where the text of *act* is read: its own address, or the state's resolver."""
    return act.url or act.eli or resolver_url(act.urn)


def act_summary(state: Public, look: Look) -> ActSummary:
    """Return the summary of an act, as lists and the legal basis show it."""
    return ActSummary(**identity(LegalReference, state, look), **_fields(state))


def _fields(state: Public) -> dict[str, Any]:
    act: LegalReference = state.source
    return {
        "act_type": labelled(ActType, act.act_type),
        "citation": named(act.citation.short()),
        "full_citation": named(act.citation.full()),
        "key": act.citation.key(),
        "number": act.number,
        "year": act.year,
        "date": str(act.date) if act.date else None,
        "gloss": state.instance.summary or None,
        "text_url": text_url(act),
    }


def _build(state: Public, look: Look) -> Built:
    act: LegalReference = state.source
    fields = identity(LegalReference, state, look)
    left = look.untranslated(state)
    is_left = left.has(state.instance.summary, "summary")
    languages = {"gloss": left.language} if is_left else None
    document = ActDocument(
        **with_translations(fields, LegalReference, look),
        **_fields(state),
        text_languages=languages,
        issuer=named(act.issuer),
        legislature=act.legislature or None,
        official_title=official(act.title),
        force=labelled(Force, act.force),
        published_in=official(act.published_in),
        urn=act.urn or None,
        eli=act.eli or None,
        source=act.source or None,
        checked_on=act.checked_on,
        relations=_relations(act, look),
        used_in=_used_in(act, look),
    )
    return Built(
        document,
        act_summary(state, look).model_copy(update={"text_languages": languages}),
        sort_key=f"{act.date or act.year} {act.number:0>8}",
        facets=Facets(
            values=frozenset({("act_type", act.act_type), ("year", str(act.year))}),
        ),
        search=" ".join(_texts(document)),
    )


def _texts(document: ActDocument) -> Iterator[str]:
    """Yield the texts in which ``q`` looks: both forms of the citation, title and gloss."""
    yield from (document.citation.text, document.full_citation.text, document.issuer.text)
    yield document.act_type.label
    for name in (document.official_title, document.published_in):
        if name:
            yield name.text
    if document.gloss:
        yield document.gloss


def _relations(act: LegalReference, look: Look) -> list[Relation]:
    """Relations are read from the source's rows, so that all languages tell the same."""
    look.note(keys.used_in_key(act.translation_key))
    rows = (
        LegalRelation.objects.filter(act__locale_id=act.locale_id)
        .select_related("act", "target")
        .order_by("act__year", "act_id", "sort_order", "pk")
    )
    own = [
        (ActRelation(row.relation).value, ActRelation(row.relation).label, row.target)
        for row in rows.filter(act=act)
    ]
    inverse = [
        (*INVERSES[ActRelation(row.relation)], row.act)
        for row in rows.filter(target__translation_key=act.translation_key)
    ]
    pairs: dict[tuple[str, UUID], str] = {}
    for name, label, other in [*own, *inverse]:
        pairs.setdefault((name, other.translation_key), str(label))
    acts = look.objects(LegalReference, [key for _name, key in pairs])
    return [
        Relation(
            relation=Labelled(code=name, label=label),
            act=look.reference(LegalReference, acts[key]),
        )
        for (name, key), label in pairs.items()
        if key in acts
    ]


def _used_in(act: LegalReference, look: Look) -> list[Reference]:
    """Return the first pages that rest on *act*, in the order of the tree.

    Not all: the act of a whole region would be built anew with every centre that is published.
    """
    found: list[Reference] = []
    for model, rows in ((ProgrammePage, ProgrammeLegalBasis), (CentrePage, CentreLegalBasis)):
        used = rows._default_manager.filter(act__translation_key=act.translation_key)
        ids = used.order_by("page__path").values_list("page__translation_key", flat=True)
        found += look.references(model, list(dict.fromkeys(ids))[: MAX_USES - len(found)])
    return found


def acts_page_url(act: LegalReference, look: Look) -> str | None:
    """Return the address of *act* on the page that shows all acts, where there is one."""
    look.note(keys.members_key(LegalReferencesPage))
    found = look.objects(Page, look.reads.page_keys_of(LegalReferencesPage))
    for state in found.values():
        if url := look.page_url(state.instance):
            return f"{url}#{act.citation.key()}"
    return None


def _citation_links(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """A citation leads to the act on the page of the acts, else to the act in the API."""
    wanted = {}
    for value in ids:
        try:
            wanted[UUID(value)] = value
        except ValueError:
            continue
    found = look.objects(LegalReference, wanted)
    return {
        wanted[key]: acts_page_url(state.source, look) or look.url("legal-references", key)
        for key, state in found.items()
    }


register_link_type("act", _citation_links)
register(
    Resource(
        "legal-references",
        LegalReference,
        ActDocument,
        ActSummary,
        _build,
        "Legal references",
        "The acts that centres rest on, with their relations.",
        html_url=acts_page_url,
        official_title=True,
        lists_its_uses=True,
    )
)
