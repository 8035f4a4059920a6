"""Translations made by program through wagtail-localize's own objects.

A translator finds every sentence in the editor, as if it had been typed there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)


class MissingSentencesError(ValueError):
    """Sentences of an object that have no translation; nothing was published."""

    def __init__(self, instance: object, sentences: list[str]) -> None:
        self.sentences = sentences
        listed = "\n  ".join(sentences)
        super().__init__(f"{instance!r} has sentences without a translation:\n  {listed}")


def publish_translation(instance: Any, locale: Locale, sentences: Mapping[str, str]) -> None:
    """Translate *instance* into *locale* and publish it.

    *sentences* maps source segments, as wagtail-localize cuts them, to their translations. Raises
    :class:`MissingSentencesError` where one is missing.
    """
    source, segments = _submitted(instance)
    missing = [item.string.data for item in segments if item.string.data not in sentences]
    if missing:
        raise MissingSentencesError(instance, missing)
    _save(source, segments, locale, sentences)
    source.get_translated_instance(locale).get_latest_revision().publish()


def draft_translation(instance: Any, locale: Locale, sentences: Mapping[str, str]) -> None:
    """Translate *instance* into *locale* for somebody to review; nothing is published.

    Sentences that *sentences* lacks are left to the translator.
    """
    source, segments = _submitted(instance)
    known = [item for item in segments if item.string.data in sentences]
    _save(source, known, locale, sentences)


def _submitted(instance: Any) -> tuple[TranslationSource, list[StringSegment]]:
    # As it is stored: publishing tells another object when it was published.
    instance = type(instance)._base_manager.get(pk=instance.pk)
    source, _created = TranslationSource.get_or_create_from_instance(instance)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    return source, list(segments)


def _save(
    source: TranslationSource,
    segments: list[StringSegment],
    locale: Locale,
    sentences: Mapping[str, str],
) -> None:
    """Keep the words of *segments* as if somebody had typed them, in a draft of the translation."""
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in segments:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": sentences[segment.string.data],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "has_error": False,
                "field_error": "",
            },
        )
    # wagtail-localize publishes on commit, from an object read before: inside a longer
    # transaction that would write back how many children the page had then.
    translation.save_target(publish=False)
