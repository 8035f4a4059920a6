"""What an object refers to and a translator has to translate too: terms, places, acts, funding."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Locale, Page, ReferenceIndex, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

logger = logging.getLogger(__name__)


def referenced_records(instance: models.Model) -> list[Any]:
    """Return the translatable records that *instance* itself refers to, in its own language.

    By translation key in fields and blocks, by foreign keys of its own and of its rows, and by
    citations in rich text. Read from the object: the index of "where used" lags behind a queue.
    """
    ids: dict[int, set[str]] = defaultdict(set)
    for content_type_id, pk, _model, _path in ReferenceIndex._extract_references_from_object(
        instance
    ):
        ids[content_type_id].add(pk)
    found: list[Any] = []
    for content_type_id, pks in ids.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None or not issubclass(model, TranslatableMixin) or issubclass(model, Page):
            continue
        keys = model._base_manager.filter(pk__in=pks).values_list("translation_key", flat=True)
        language: Any = getattr(instance, "locale_id", None)
        rows = model._base_manager.filter(translation_key__in=set(keys), locale_id=language)
        found += rows.exclude(pk=instance.pk) if isinstance(instance, model) else rows
    return found


def all_referenced_records(instance: models.Model) -> Iterator[Any]:
    """Yield what *instance* refers to, and what that refers to, at any depth, each once."""
    seen: set[tuple[type, UUID]] = set()
    waiting = referenced_records(instance)
    while waiting:
        record = waiting.pop(0)
        key = (type(record), record.translation_key)
        if key not in seen:
            seen.add(key)
            yield record
            waiting += referenced_records(record)


def has_sentences(instance: Any) -> bool:
    """Whether there is anything to translate: a place without directions is all data."""
    return any(
        isinstance(value, StringSegmentValue) and not value.is_empty()
        for value in extract_segments(instance)
    )


def untranslated_records(instance: models.Model, locale: Locale) -> list[Any]:
    """Return what *instance* uses, at any depth, that readers of *locale* find untranslated.

    Each has sentences, and no row in *locale* that is published.
    """
    found = []
    for record in all_referenced_records(instance):
        rows = type(record)._base_manager.filter(
            translation_key=record.translation_key, locale=locale
        )
        if isinstance(record, DraftStateMixin):
            rows = rows.filter(live=True)
        if not rows.exists() and has_sentences(record):
            found.append(record)
    return found


@transaction.atomic
def submit_references(translation: Translation) -> int:
    """Submit what the source of *translation* refers to into its language; return how many.

    Each becomes a draft. Its own references follow it: a new translation submits them. A record
    that cannot be copied is left out, and shown as used and not translated.
    """
    instance = translation.source.get_source_instance()
    if isinstance(instance, Page):
        instance = instance.specific
    submitted = 0
    for record in referenced_records(instance):
        if not isinstance(record, DraftStateMixin) or not has_sentences(record):
            continue
        source, _created = TranslationSource.get_or_create_from_instance(record)
        new, created = Translation.objects.get_or_create(
            source=source, target_locale=translation.target_locale
        )
        if not created:
            continue
        submitted += 1
        try:
            new.save_target(publish=False)
        except ValidationError as error:
            logger.warning("%r could not be submitted: %s", record, error)
    return submitted
