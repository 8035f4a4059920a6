"""How a builder looks at the database: everything it looks at becomes a dependency.

Also what is not there, is a draft, or is missing a translation: the entry is built again when that
changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import Page, TranslatableMixin

from cms import conf
from cms.delivery import keys, links, renditions, resources
from cms.delivery.reads import Reads
from cms.delivery.schemas import Reference, Translation
from cms.delivery.untranslated import TRANSLATED, Untranslated
from cms.delivery.visibility import Hidden, Public, resolve


class Look:
    """The eyes of one build, in one locale.

    ``keys`` is what it has looked at so far, ``unmade_images`` which images lack a served size.
    """

    def __init__(self, locale: str, reads: Reads) -> None:
        self.locale = locale
        self.reads = reads
        self.keys: set[str] = set()
        self.unmade_images: set[Any] = set()

    def note(self, key: str) -> None:
        """Depend on *key* without reading anything here."""
        self.keys.add(key)

    # Objects

    def objects(self, model: type[models.Model], ids: Iterable[UUID]) -> dict[UUID, Public]:
        """Return the public objects among *ids*, each in this locale or its fallback."""
        wanted = list(dict.fromkeys(ids))
        self.keys.update(self._key(model, key) for key in wanted)
        found: dict[UUID, Public] = {}
        for key, rows in self.reads.variants(model, wanted).items():
            state = self._resolve(rows)
            if isinstance(state, Public):
                found[key] = state
        return {key: found[key] for key in wanted if key in found}

    def one(self, model: type[models.Model], public_id: UUID | None) -> Public | None:
        """Return one public object in this locale or its fallback, or ``None``."""
        if public_id is None:
            return None
        return self.objects(model, [public_id]).get(public_id)

    def members(self, model: type[models.Model]) -> list[Public]:
        """Return all public objects of a vocabulary, in its order."""
        self.note(keys.members_key(model))
        field = "translation_key" if issubclass(model, TranslatableMixin) else "public_id"
        ids = list(dict.fromkeys(model._default_manager.values_list(field, flat=True)))
        return list(self.objects(model, ids).values())

    def state(self, model: type[models.Model], public_id: UUID) -> Public | Hidden:
        """Return an object's state in this locale, for the entry of that very object."""
        self.note(self._key(model, public_id))
        return self._resolve(self.reads.variants(model, [public_id])[public_id])

    def _key(self, model: type[models.Model], public_id: UUID) -> str:
        if issubclass(model, Page):
            return keys.page_key(public_id)
        return keys.record_key(model, public_id)

    def _resolve(self, rows: list[Any]) -> Public | Hidden:
        for row in rows:
            if isinstance(row, Page):
                self.note_path(row)
        return resolve(rows, self.locale, self.reads)

    def note_path(self, page: Page) -> None:
        """Depend on where *page* stands: its URL, and restrictions above it."""
        self.note(keys.SITE)
        self.keys.update(keys.path_key(key) for key in self.reads.ancestor_keys(page))

    def renditions(self, images: Iterable[Any]) -> dict[Any, list[Any]]:
        """Return the served sizes that exist of each image, by its primary key."""
        listed = list(images)
        self.keys.update(keys.row_key(type(image), image.pk) for image in listed)
        if listed:
            self.note(keys.SITE)
        found = self.reads.renditions(listed)
        self.unmade_images.update(pk for pk, made in found.items() if renditions.missing(made))
        return found

    def untranslated(self, state: Public) -> Untranslated:
        """Return which texts of the object that is built are in its source's language."""
        source = state.source
        if state.is_fallback or not isinstance(source, TranslatableMixin):
            return TRANSLATED
        language = self.reads.languages[source.locale_id]
        if state.language == language or language != self.reads.default_language:
            return TRANSLATED
        texts = self.reads.untranslated(source.translation_key, state.language)
        return Untranslated(language, texts) if texts else TRANSLATED

    # Pages

    def pages(self, pks: Iterable[int]) -> dict[int, Public]:
        """Return public pages by the primary key of any of their language variants."""
        page_keys = self.reads.page_keys(pks)
        found = self.objects(Page, page_keys.values())
        return {pk: found[key] for pk, key in page_keys.items() if key in found}

    def page_url(self, page: Page) -> str | None:
        """Return the absolute URL of a page that was found public."""
        self.note_path(page)
        return links.page_url(page, self.reads)

    def translations(self, model: type[models.Model], public_id: UUID) -> list[Translation]:
        """Return the published translations of a page, the source included, in order of locale."""
        rows = self.reads.variants(model, [public_id])[public_id]
        listed = []
        for locale in sorted(set(self.reads.languages.values())):
            state = resolve(rows, locale, self.reads)
            if isinstance(state, Public) and not state.is_fallback:
                url = self.page_url(state.instance)
                if url:
                    listed.append(Translation(locale=locale, html_url=url))
        return listed

    # References

    def url(self, resource: str, public_id: UUID) -> str:
        """Return the address of an object in the API."""
        self.note(keys.SITE)
        return links.object_url(resource, public_id, self.reads)

    def reference(self, model: type[models.Model], state: Public) -> Reference:
        """Return the small summary by which a document embeds another object."""
        resource = resources.for_model(model)
        if resource is None:
            raise LookupError(f"{model._meta.label} is no resource.")
        instance = state.instance
        public_id = instance.translation_key if isinstance(instance, Page) else instance.public_id
        return Reference(
            id=public_id,
            type=resource.name,
            title=self.title(resource, state),
            url=self.url(resource.name, public_id),
            html_url=self.html_url(resource, state),
            locale=conf.official_language() if resource.official_title else state.language,
        )

    def title(self, resource: resources.Resource, state: Public) -> str:
        """Return the title of an object: an official name is data, and read from the source."""
        return str(state.source if resource.official_title else state.instance)

    def html_url(self, resource: resources.Resource, state: Public) -> str | None:
        """Return where people read an object, or ``None`` where no page shows it."""
        if isinstance(state.instance, Page):
            return self.page_url(state.instance)
        return resource.html_url(state.source, self) if resource.html_url else None

    def references(self, model: type[models.Model], ids: Iterable[UUID]) -> list[Reference]:
        """Return the summaries of the public objects among *ids*, in that order.

        Of pages only what every page has is read: a programme that names 500 centres must not load
        their seats and activities.
        """
        if not issubclass(model, Page):
            return [self.reference(model, state) for state in self.objects(model, ids).values()]
        return [
            self.reference(model, state)
            for state in self.objects(Page, ids).values()
            if issubclass(state.instance.specific_class or Page, model)
        ]
