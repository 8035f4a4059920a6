"""Bulk reads for one chunk of builds, each object at most once.

A chunk is built under the lock of the feed. What a writer commits meanwhile has left a mark that
this drain did not read, so that a value read early here is built again by the next one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import Locale, Page, PageViewRestriction, Site, TranslatableMixin

from cms import conf
from cms.delivery import keys, renditions, resources, untranslated
from cms.delivery.resources import Resource


class Reads:
    """A cache of what builders look at, for the length of one chunk: its objects and locales."""

    def __init__(self, chunk: Iterable[untranslated.Place] = ()) -> None:
        self._chunk = set(chunk)
        self._untranslated: dict[untranslated.Place, untranslated.Texts] = {}
        self._variants: dict[tuple[type[models.Model], UUID], list[Any]] = {}
        self._rows: dict[tuple[type[models.Model], Any], Any] = {}
        self._renditions: dict[Any, list[Any]] = {}
        self._key_by_path: dict[str, UUID] = {}
        self._key_by_page: dict[int, UUID | None] = {}
        self._keys_of_model: dict[type[Page], list[UUID]] = {}

    @cached_property
    def languages(self) -> dict[int, str]:
        """Language codes by the primary key of their locale."""
        return dict(Locale.objects.values_list("pk", "language_code"))

    @cached_property
    def default_language(self) -> str:
        return str(Locale.get_default().language_code)

    @cached_property
    def site_roots(self) -> list[tuple[Site, str]]:
        """Each delivered site with the URL paths of its root in every language.

        Read from the database: Wagtail's own list lives in a cache that another process may not
        share.
        """
        sites = Site.objects.select_related("root_page").order_by("-is_default_site", "pk")
        if (only := conf.site_id()) is not None:
            sites = sites.filter(pk=only)
        roots = []
        by_key: dict[UUID, list[str]] = defaultdict(list)
        listed = list(sites)
        keys = [site.root_page.translation_key for site in listed]
        for key, url_path in Page.objects.filter(translation_key__in=keys).values_list(
            "translation_key", "url_path"
        ):
            by_key[key].append(url_path)
        for site in listed:
            roots += [(site, path) for path in by_key[site.root_page.translation_key]]
        return sorted(roots, key=lambda root: -len(root[1]))

    @cached_property
    def restricted_paths(self) -> tuple[str, ...]:
        """Tree paths below which nothing is public."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def variants(self, model: type[models.Model], ids: Iterable[UUID]) -> dict[UUID, list[Any]]:
        """Return the rows of each object in every language, by public id."""
        wanted = set(ids)
        missing = [key for key in wanted if (model, key) not in self._variants]
        if missing:
            found: dict[UUID, list[Any]] = {key: [] for key in missing}
            for row in self._queryset(model, missing):
                found[_public_id(row)].append(row)
                if isinstance(row, Page):
                    self._key_by_path[row.path] = row.translation_key
            self._variants.update({(model, key): rows for key, rows in found.items()})
        return {key: self._variants[model, key] for key in wanted}

    def preload(self, wanted: Mapping[Resource, set[UUID]], looked_at: Iterable[str]) -> None:
        """Read all objects of a chunk at once, and what they refer to, before each is built.

        *looked_at* are the dependency keys of their last builds: they name what no row of the
        object itself does, such as the act that another act changes.
        """
        referred_to: dict[type[models.Model], set[UUID]] = defaultdict(set)
        for resource, ids in wanted.items():
            rows = self._preload_objects(resource, ids)
            if resource.refers_to is not None:
                for row in rows:
                    for model, key in resource.refers_to(row):
                        referred_to[model].add(key)
        for text in looked_at:
            if (named := keys.object_of(text)) is not None:
                referred_to[named[0]].add(named[1])
        for model, ids in referred_to.items():
            self.variants(model, ids)

    def _preload_objects(self, resource: Resource, ids: set[UUID]) -> list[Any]:
        """Read the objects of *resource* themselves; return their rows where it has one model."""
        if len(resource.models) == 1:
            variants = self.variants(resource.models[0], ids)
            return [row for listed in variants.values() for row in listed]
        by_model: dict[type[models.Model], list[UUID]] = defaultdict(list)
        self.variants(Page, ids)
        for key in ids:
            by_model[self.model_of(resource, key)].append(key)
        for model, listed in by_model.items():
            self.variants(model, listed)
        return []

    def page_keys_of(self, model: type[Page]) -> list[UUID]:
        """Return the translation keys of all pages of *model*, in the order of the tree."""
        if model not in self._keys_of_model:
            # Sorted here: told to sort, SQLite walks the whole tree for the one page of a model.
            listed = sorted(
                model._default_manager.order_by().values_list("path", "translation_key")
            )
            self._keys_of_model[model] = list(dict.fromkeys(key for _path, key in listed))
        return self._keys_of_model[model]

    def model_of(self, resource: Resource, public_id: UUID) -> type[models.Model]:
        """Return which of the resource's models an object is of; the first if it is gone."""
        if len(resource.models) > 1:
            for page in self.variants(Page, [public_id])[public_id]:
                if page.specific_class in resource.models:
                    return page.specific_class
        return resource.models[0]

    def _queryset(self, model: type[models.Model], ids: list[UUID]) -> models.QuerySet[Any]:
        field = "translation_key" if issubclass(model, TranslatableMixin) else "public_id"
        rows = model._default_manager.filter(**{f"{field}__in": ids}).order_by("pk")
        resource = resources.for_model(model)
        if resource is not None:
            if resource.select_related:
                rows = rows.select_related(*resource.select_related)
            rows = rows.prefetch_related(*resource.prefetch_related)
        return rows

    def rows(self, model: type[models.Model], pks: Iterable[Any]) -> dict[Any, Any]:
        """Return plain rows by primary key; those that are gone are left out."""
        wanted = set(pks)
        missing = [pk for pk in wanted if (model, pk) not in self._rows]
        if missing:
            found = model._default_manager.in_bulk(missing)
            self._rows.update({(model, pk): found.get(pk) for pk in missing})
        return {pk: row for pk in wanted if (row := self._rows[model, pk]) is not None}

    def renditions(self, images: Iterable[Any]) -> dict[Any, list[Any]]:
        """Return the served sizes that exist of each image, by its primary key."""
        wanted = {image.pk: image for image in images}
        new = [image for pk, image in wanted.items() if pk not in self._renditions]
        self._renditions.update(renditions.existing(new))
        return {pk: self._renditions[pk] for pk in wanted}

    def untranslated(self, public_id: UUID, locale: str) -> untranslated.Texts:
        """Return what the translation of an object has in its source's words.

        Asked first for a translation, all of the chunk are read; a chunk of sources reads nothing.
        """
        place = public_id, locale
        if place not in self._untranslated:
            missing = (self._chunk | {place}) - self._untranslated.keys()
            found = untranslated.find(self.default_language, missing)
            self._untranslated.update({item: found.get(item, {}) for item in missing})
        return self._untranslated[place]

    def page_keys(self, pks: Iterable[int]) -> dict[int, UUID]:
        """Return translation keys of pages by primary key; those that are gone are left out."""
        wanted = set(pks)
        missing = wanted - self._key_by_page.keys()
        if missing:
            found = dict(Page.objects.filter(pk__in=missing).values_list("pk", "translation_key"))
            self._key_by_page.update({pk: found.get(pk) for pk in missing})
        return {pk: key for pk in wanted if (key := self._key_by_page[pk]) is not None}

    def ancestor_keys(self, page: Page) -> list[UUID]:
        """Return the translation keys of *page* and of all its ancestors below the tree's root."""
        step = Page.steplen
        paths = [page.path[:end] for end in range(2 * step, len(page.path) + 1, step)]
        missing = [path for path in paths if path not in self._key_by_path]
        if missing:
            self._key_by_path.update(
                Page.objects.filter(path__in=missing).values_list("path", "translation_key")
            )
        return [self._key_by_path[path] for path in paths if path in self._key_by_path]


def _public_id(row: Any) -> UUID:
    key: UUID = row.translation_key if isinstance(row, TranslatableMixin) else row.public_id
    return key
