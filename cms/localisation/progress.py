"""How far the translations of everything have come, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation

from cms.records import TranslatedRecord
from cms.translation import TextFieldsMixin


class State(models.TextChoices):
    """Where one object stands in one language."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("not published")
    STALE = "stale", _("to be updated")
    PUBLISHED = "published", _("published")


OPEN: Final = (State.MISSING, State.DRAFT, State.STALE)
"""What somebody still has to do something about."""


@dataclass(frozen=True)
class Progress:
    """One object in one language.

    ``since``: from when readers of the language wait, that is when the source was published first
    or, where only a part is missing, last; ``None`` where that is not known. ``to_do`` sentences of
    ``sentences`` have no words; both are 0 for what was never submitted for translation.
    ``source`` is the primary key of the source row, ``translation`` that of the translation.
    """

    model: type[models.Model]
    source: Any
    title: str
    language: str
    state: State
    since: datetime | None
    sentences: int
    to_do: int
    translation: int | None

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def language_name(self) -> str:
        return str(Locale(language_code=self.language).get_display_name())

    @property
    def url(self) -> str:
        """Where somebody goes on with it: what is to do, or the form that submits it."""
        if self.translation is not None:
            return reverse("family_localisation:changes", args=[self.translation])
        meta = self.model._meta
        if issubclass(self.model, Page):
            return reverse("wagtail_localize:submit_page_translation", args=[self.source])
        return reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[meta.app_label, meta.model_name, quote(self.source)],
        )

    @property
    def state_name(self) -> str:
        return str(self.state.label)


@dataclass(frozen=True)
class _Row:
    """A row of a translatable model, in the columns that all of them share."""

    key: UUID
    locale_id: int
    pk: Any
    live: bool
    is_alias: bool
    content_type_id: int
    first_published_at: datetime | None
    last_published_at: datetime | None


def record_models() -> list[type[models.Model]]:
    """Return the record models with texts, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, TranslatedRecord)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def page_models() -> list[type[Page]]:
    """Return the page types whose texts are declared, in a stable order."""
    found = [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and issubclass(model, TextFieldsMixin)
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def all_progress() -> list[Progress]:
    """Return every public object of the source language in every other one, oldest first.

    Six queries, however many objects and languages there are, besides content types.
    """
    locales = {locale.pk: locale.language_code for locale in Locale.objects.all()}
    source_locale = Locale.get_default().pk
    rows = list(_rows())
    sources = {row.key: row for row in rows if row.locale_id == source_locale and not row.is_alias}
    found = {(row.key, row.locale_id): row for row in rows if not row.is_alias}
    counted = _sentences(source_locale)
    translated = _translated(source_locale)
    known = _translations(source_locale)
    listed = []
    for key, source in sources.items():
        if not source.live:
            continue
        model = ContentType.objects.get_for_id(source.content_type_id).model_class()
        total, title = counted.get(key, (0, ""))
        for locale_id, language in locales.items():
            if locale_id == source_locale or model is None:
                continue
            to_do = total - translated.get((key, locale_id), 0)
            state = _state(found.get((key, locale_id)), to_do)
            changed = state is State.STALE
            listed.append(
                Progress(
                    model=model,
                    source=source.pk,
                    title=title,
                    language=language,
                    state=state,
                    since=source.last_published_at if changed else source.first_published_at,
                    sentences=total,
                    to_do=to_do if (key, locale_id) in known else total,
                    translation=known.get((key, locale_id)),
                )
            )
    return sorted(listed, key=_oldest_first)


def summary(listed: Iterable[Progress]) -> list[dict[str, Any]]:
    """Return how many objects stand in each state, by language and kind, in a stable order."""
    counts: Counter[tuple[str, type[models.Model], State]] = Counter(
        (item.language, item.model, item.state) for item in listed
    )
    pairs = sorted(
        {(language, model) for language, model, _state in counts},
        key=lambda pair: (pair[0], not issubclass(pair[1], Page), pair[1]._meta.label_lower),
    )
    return [
        {
            "language": language,
            "language_name": Locale(language_code=language).get_display_name(),
            "kind": model._meta.verbose_name,
            "kind_code": model._meta.label_lower,
            "total": sum(counts[language, model, state] for state in State),
            **{state.value: counts[language, model, state] for state in State},
        }
        for language, model in pairs
    ]


def with_titles(listed: Iterable[Progress]) -> list[Progress]:
    """Return *listed* with the titles of objects that were never submitted, a query for each kind.

    Those that were have been named by their translation source.
    """
    items = list(listed)
    wanted: dict[type[models.Model], set[Any]] = {}
    for item in items:
        if not item.title:
            wanted.setdefault(item.model, set()).add(item.source)
    names = {
        (model, pk): str(instance)
        for model, pks in wanted.items()
        for pk, instance in model._default_manager.in_bulk(pks).items()
    }
    return [
        item if item.title else replace(item, title=names.get((item.model, item.source), ""))
        for item in items
    ]


def _state(row: _Row | None, to_do: int) -> State:
    if row is None:
        return State.MISSING
    if not row.live:
        return State.DRAFT
    return State.STALE if to_do > 0 else State.PUBLISHED


def _oldest_first(item: Progress) -> tuple[bool, float, str, str, str]:
    moment = item.since.timestamp() if item.since else 0.0
    return (
        item.since is None,
        moment,
        item.language,
        item.model._meta.label_lower,
        str(item.source),
    )


def _rows() -> Iterator[_Row]:
    """Yield the rows of all translatable objects: a query for pages, one for all records."""
    types = ContentType.objects.get_for_models(*page_models(), *record_models())
    columns = (
        "translation_key",
        "locale_id",
        "pk",
        "live",
        "first_published_at",
        "last_published_at",
    )
    pages = Page.objects.filter(content_type__in=[types[model] for model in page_models()])
    for *row, alias, content_type in pages.values_list(*columns, "alias_of_id", "content_type_id"):
        yield _row(row, alias is not None, content_type)
    queries = [
        model._default_manager.annotate(
            type_id=models.Value(types[model].pk, output_field=models.IntegerField())
        )
        .order_by()
        .values_list(*columns, "type_id")
        for model in record_models()
    ]
    if queries:
        for *row, content_type in queries[0].union(*queries[1:], all=True):
            yield _row(row, False, content_type)


def _row(values: list[Any], is_alias: bool, content_type_id: int) -> _Row:
    key, locale_id, pk, live, first, last = values
    return _Row(key, locale_id, pk, live, is_alias, content_type_id, first, last)


def _sentences(source_locale: int) -> dict[UUID, tuple[int, str]]:
    """Return of each submitted object how many sentences it has, and its title."""
    rows = (
        StringSegment.objects.filter(source__locale_id=source_locale)
        .order_by()
        .values("source__object_id", "source__object_repr")
        .annotate(number=models.Count("pk"))
    )
    return {row["source__object_id"]: (row["number"], row["source__object_repr"]) for row in rows}


def _translated(source_locale: int) -> dict[tuple[UUID, int], int]:
    """Return how many sentences of each object have words in each language."""
    rows = (
        StringSegment.objects.filter(
            source__locale_id=source_locale,
            string__translations__context=models.F("context"),
            string__translations__has_error=False,
        )
        .order_by()
        .values_list("source__object_id", "string__translations__locale_id")
        .annotate(number=models.Count("pk", distinct=True))
    )
    return {(key, locale_id): number for key, locale_id, number in rows}


def _translations(source_locale: int) -> dict[tuple[UUID, int], int]:
    rows = Translation.objects.filter(enabled=True, source__locale_id=source_locale)
    return {
        (key, locale_id): pk
        for key, locale_id, pk in rows.values_list("source__object_id", "target_locale_id", "pk")
    }
