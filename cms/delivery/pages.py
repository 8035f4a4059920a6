"""Pages without a resource of their own, as documents: many page types in one resource.

A page of a type that nobody registered has no entry, and no page lists it as its child.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import Field
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.blocks.narrative import NarrativeStreamBlock
from cms.delivery import keys, resources
from cms.delivery.identity import identity, with_translations
from cms.delivery.look import Look
from cms.delivery.narrative import Narrative, narrative, narrative_texts
from cms.delivery.resources import Built, Resource
from cms.delivery.rich_text import formatted
from cms.delivery.schemas import Code, FormattedText, Item, ItemSummary, Reference, Text
from cms.delivery.untranslated import Untranslated
from cms.delivery.visibility import Public


class ChildPage(Reference):
    """A page that stands right below another."""

    description: Text | None = None


class PageSummary(ItemSummary):
    page_type: Code = Field(description="A stable code, such as home or standard.")
    description: Text | None = None


class PageDocument(Item, PageSummary):
    """A page of text."""

    introduction: FormattedText | None = None
    body: Narrative
    children: list[ChildPage] = Field(max_length=10_000)


@dataclass(frozen=True)
class PageType:
    """A registered page type: its code, and the names of the fields that hold its texts."""

    code: str
    introduction: str
    body: str


_types: dict[type[Page], PageType] = {}


def register_page_type(
    model: type[Page], code: str, *, introduction: str = "introduction", body: str = "body"
) -> None:
    """Give pages of *model* entries in ``pages``; call it from ``delivery_documents``.

    *introduction* names a rich text field and *body* a stream of narrative blocks; an empty name
    says that the type has none. Raises ``ValueError`` for a field of another kind, and for a code
    or a model that is taken.
    """
    known = resources.for_model(model)
    if known is not None and known.name != RESOURCE.name:
        raise ValueError(f"{model._meta.label} has the resource {known.name!r}.")
    if any(other.code == code for taken, other in _types.items() if taken is not model):
        raise ValueError(f"Two page types have the code {code!r}.")
    if introduction and not isinstance(model._meta.get_field(introduction), RichTextField):
        raise ValueError(f"{model._meta.label}.{introduction} is no rich text field.")
    if body and not _is_narrative(model._meta.get_field(body)):
        raise ValueError(f"{model._meta.label}.{body} is no stream of narrative blocks.")
    _types[model] = PageType(code, introduction, body)
    resources.register(replace(RESOURCE, page_types=tuple(_types)))


def _is_narrative(field: object) -> bool:
    return isinstance(field, StreamField) and isinstance(field.stream_block, NarrativeStreamBlock)


def _build(state: Public, look: Look) -> Built:
    page: Page = state.instance
    model = type(page)
    kind = _types[model]
    left = look.untranslated(state)
    fields = {
        **identity(model, state, look),
        "page_type": kind.code,
        "description": page.search_description or None,
        "text_languages": _text_languages(page, left),
    }
    introduction = getattr(page, kind.introduction) if kind.introduction else ""
    document = PageDocument(
        **with_translations(fields, model, look),
        introduction=formatted(introduction, look, left.below(kind.introduction)),
        body=narrative(getattr(page, kind.body), look, left.below(kind.body)) if kind.body else [],
        children=_children(state, look),
    )
    return Built(
        document,
        PageSummary(**fields),
        sort_key=page.title,
        search=" ".join(_texts(document)),
    )


def _text_languages(page: Page, left: Untranslated) -> dict[str, str] | None:
    found = left.languages(search_description=page.search_description)
    return {"description": left.language} if found else None


def _texts(document: PageDocument) -> Iterator[str]:
    """Yield the texts in which ``q`` looks."""
    if document.description:
        yield document.description
    if document.introduction:
        yield document.introduction.text
    yield from narrative_texts(document.body)


def _children(state: Public, look: Look) -> list[ChildPage]:
    """Children stand below the source, in its order; a translation put elsewhere changes nothing.

    Those that the source's language does not have come last.
    """
    source: Page = state.source
    look.note(keys.children_key(source.translation_key))
    listed = _child_ids(source)
    others = [] if state.instance is source else _child_ids(state.instance)
    found = look.objects(Page, [*listed, *others])
    placed = set(listed)
    return [
        child
        for key, below in found.items()
        if key in placed or below.source.locale_id != source.locale_id
        if (child := _child(below, look)) is not None
    ]


def _child_ids(page: Page) -> list[UUID]:
    children = Page.objects.child_of(page).order_by("path")
    return list(children.values_list("translation_key", flat=True))


def _child(state: Public, look: Look) -> ChildPage | None:
    page: Page = state.instance
    model = page.specific_class
    if model is None or resources.for_model(model) is None:
        return None
    description = page.search_description or None
    return ChildPage(**look.reference(model, state).model_dump(), description=description)


RESOURCE = Resource(
    "pages",
    Page,
    PageDocument,
    PageSummary,
    _build,
    "Pages",
    "The home page, pages of text and other pages without a resource of their own.",
)
"""Announced with the first page type that is registered."""
