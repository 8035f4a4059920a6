"""The resources that apps announce: what is projected, by whom, in which shape.

An app's module ``delivery_documents`` calls :func:`register` for each of its resources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import override
from wagtail.models import Page

from cms.content_languages import interface_language
from cms.delivery.facets import NONE, Facets

if TYPE_CHECKING:
    from cms.delivery.look import Look
    from cms.delivery.schemas import Item, ItemSummary
    from cms.delivery.visibility import Public


@dataclass(frozen=True)
class Built:
    """What a builder returns: the full document, its summary, and the text that sorts lists.

    ``facets`` are what lists are filtered by, ``search`` the texts in which ``q`` looks beside the
    title, ``parts`` the objects of the resource's own parts, such as the activities of a centre.
    """

    document: Item
    summary: ItemSummary
    sort_key: str
    facets: Facets = NONE
    search: str = ""
    parts: Mapping[UUID, Built] = field(default_factory=dict)


@dataclass(frozen=True)
class PartResource:
    """A resource whose objects are parts of another's, and are built and stored with them.

    Its builder is its owner's: see ``parts`` of :class:`Built`.
    """

    name: str
    document: type[Item]
    summary: type[ItemSummary]
    label: str
    description: str


Builder = Callable[["Public", "Look"], Built]


@dataclass(frozen=True)
class Resource:
    """One resource of the API and of the feed.

    ``name`` is its plural, kebab-case path segment. ``model`` is what its objects are; where page
    types share a resource it is Wagtail's ``Page``, and ``page_types`` names them.
    ``build`` must be a function of the database through the :class:`~cms.delivery.look.Look` it is
    given, never of the clock.
    ``html_url`` finds the address of an object that is no page but is shown on one.
    ``official_title``: the title is an official name, in the same language everywhere.
    ``parts`` is the resource of its parts, where it has any.
    ``lists_its_uses``: the document tells which child rows of other objects refer to it.
    ``refers_to`` names, of one row, what its builder will look at: a chunk reads all of it at once.
    It saves queries and decides nothing.
    """

    name: str
    model: type[models.Model]
    document: type[Item]
    summary: type[ItemSummary]
    build: Builder
    label: str
    description: str
    html_url: Callable[[Any, Look], str | None] | None = None
    official_title: bool = False
    select_related: tuple[str, ...] = ()
    prefetch_related: tuple[str, ...] = ()
    page_types: tuple[type[Page], ...] = ()
    parts: PartResource | None = None
    lists_its_uses: bool = False
    refers_to: Callable[[Any], Iterable[tuple[type[models.Model], UUID]]] | None = None

    @property
    def models(self) -> tuple[type[models.Model], ...]:
        """The concrete models of its objects."""
        return self.page_types or (self.model,)

    @property
    def is_page(self) -> bool:
        return issubclass(self.model, Page)


_resources: dict[str, Resource] = {}


def register(resource: Resource) -> Resource:
    """Announce *resource*; a second one of the same name is a programming error.

    The same one with more ``page_types`` takes the place of what was known.
    """
    known = _resources.get(resource.name)
    if known is not None and known.model is not resource.model:
        raise ValueError(f"Two resources are called {resource.name!r}.")
    _resources[resource.name] = replace(resource, build=_in_words(resource.build))
    return resource


def _in_words(build: Builder) -> Builder:
    """Let *build* say its labels and sentences in the language of the words around content.

    The language that a document is in may have no catalogue, or only that of a library, which
    knows some of the words and not the others.
    """

    @wraps(build)
    def speaking(state: Public, look: Look) -> Built:
        with override(interface_language(look.locale)):
            return build(state, look)

    return speaking


def get(name: str) -> Resource:
    """Return the resource called *name*, or raise ``KeyError``."""
    return _resources[name]


def all_resources() -> Iterator[Resource]:
    """Yield every resource that is projected by itself, in order of registration."""
    yield from _resources.values()


def served_resources() -> Iterator[Resource | PartResource]:
    """Yield every resource that is read by API and feed, parts after their owners."""
    for resource in _resources.values():
        yield resource
        if resource.parts is not None:
            yield resource.parts


def for_model(model: type[models.Model]) -> Resource | None:
    """Return the resource whose objects are of exactly *model*."""
    return next((item for item in _resources.values() if model in item.models), None)
