"""Translations that tests make, through the objects that a translator's clicks change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.delivery.drain import drain_all

Say = Callable[[str], str]


def add_locale(code: str) -> Locale:
    """Add a language as an administrator does, and let the worker follow."""
    locale = Locale.objects.create(language_code=code)
    drain_all()
    return locale


def submit(instance: Any, locale: Locale) -> Translation:
    """Submit *instance* for translation, as the dialog does: a draft of source sentences."""
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    return translation


def say(translation: Translation, path: str, words: str) -> StringTranslation:
    """Write the sentence at *path*, and return it with what is wrong with it."""
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    said, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        defaults={
            "data": words,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "has_error": False,
            "field_error": "",
        },
    )
    return said


def said(translation: Translation, path: str) -> StringTranslation | None:
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    return StringTranslation.objects.filter(
        translation_of=segment.string, locale=translation.target_locale, context=segment.context
    ).first()


def publish(translation: Translation) -> Any:
    """Publish a translation; what was not said stays as it is in the source."""
    translation.save_target(publish=False)
    made = translation.get_target_instance()
    made.get_latest_revision().publish()
    drain_all()
    made.refresh_from_db()
    return made


def translate(instance: Any, locale: Locale, words: Say) -> Any:
    """Translate every sentence of *instance* but its slug, and publish it."""
    translation = submit(instance, locale)
    segments = StringSegment.objects.filter(source=translation.source)
    for segment in segments.exclude(context__path="slug").select_related("string", "context"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": words(segment.string.data),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    return publish(translation)
