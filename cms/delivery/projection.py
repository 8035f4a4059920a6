"""One object in one locale, from the database to a document, without storing anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import translation
from wagtail.models import Page

from cms.delivery import links, resources
from cms.delivery.facets import NONE, Facets
from cms.delivery.look import Look
from cms.delivery.reads import Reads
from cms.delivery.resources import Built, Resource
from cms.delivery.search_text import search_text
from cms.delivery.visibility import Hidden, Public, Reason, source_of


@dataclass(frozen=True)
class Projection:
    """What an entry is to hold.

    ``content`` and ``summary`` are JSON texts; ``content`` is ``None`` for what is not public.
    ``facets`` is ``None`` where another locale's build states them. ``unmade_images`` are the
    primary keys of images that it shows without some or all of their sizes.
    """

    content: str | None = None
    summary: str = ""
    sort_key: str = ""
    is_fallback: bool = False
    site_id: int | None = None
    reason: Reason | None = None
    language: str = ""
    dependencies: frozenset[str] = frozenset()
    facets: Facets | None = None
    search: str = ""
    html_path: str = ""
    parts: Mapping[UUID, Projection] = field(default_factory=dict)
    unmade_images: frozenset[Any] = frozenset()

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything a reader could see change, number and time left out."""
        return hashlib.sha256(f"[{self.content},{self.summary}]".encode()).hexdigest()


def dump(content: object) -> str:
    """Return *content* as compact JSON text, keys in their order, letters unescaped."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def project(resource: Resource, public_id: UUID, locale: str, reads: Reads) -> Projection:
    """Build the document of an object in *locale* from the database as it is now."""
    look = Look(locale, reads)
    state = look.state(reads.model_of(resource, public_id), public_id)
    is_default = locale == reads.default_language
    if isinstance(state, Hidden):
        return Projection(
            reason=state.reason,
            dependencies=frozenset(look.keys),
            facets=NONE if is_default else None,
        )
    built = build(resource, state, look)
    site_id = _site_id(state, reads)
    parts = {
        key: _stored_form(part, state, site_id, is_default) for key, part in built.parts.items()
    }
    own = _stored_form(built, state, site_id, is_default)
    return replace(
        own,
        dependencies=frozenset(look.keys),
        parts=parts,
        unmade_images=frozenset(look.unmade_images),
    )


def _stored_form(built: Built, state: Public, site_id: int | None, is_default: bool) -> Projection:
    document = built.document
    return Projection(
        content=document.as_text(),
        summary=built.summary.as_text(),
        sort_key=built.sort_key[:255],
        is_fallback=document.is_fallback,
        site_id=site_id,
        language=document.language,
        facets=built.facets if is_default else None,
        search=search_text(document.title, built.search),
        html_path=_own_path(document.html_url, state),
    )


def _own_path(html_url: str | None, state: Public) -> str:
    """Return the path of the object's own page; a fallback stands at its source's."""
    address = urlsplit(html_url or "")
    return "" if state.is_fallback or address.fragment else address.path[:500]


def build(resource: Resource, state: Public, look: Look) -> Built:
    """Call the resource's builder with its locale's words active."""
    with translation.override(look.locale):
        return resource.build(state, look)


def preview(page: Page, locale: str) -> dict[str, Any]:
    """Return the document of an unsaved or private *page*, for the one person who may see it."""
    resource = resources.for_model(type(page))
    if resource is None:
        raise LookupError(f"{type(page).__name__} is no resource.")
    look = Look(locale, Reads())
    rows = look.reads.variants(type(page), [page.translation_key])[page.translation_key]
    source = source_of(rows, look.reads) if rows else page
    if source.locale_id == page.locale_id:
        source = page
    language = page.locale.language_code
    state = Public(page, source, language, is_fallback=language != locale)
    return build(resource, state, look).document.as_json()


def _site_id(state: Public, reads: Reads) -> int | None:
    if not isinstance(state.instance, Page):
        return None
    located = links.site_of(state.instance, reads)
    return located[0].pk if located else None
