"""A centre of the demonstration and its English page, and what translators do with them."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from centres.models import CentrePage

SUMMARY = "Uno spazio per le famiglie."
WORDS = "A place for families."


def english() -> Locale:
    return Locale.objects.get(language_code="en")


def centre() -> CentrePage:
    """Return the Italian centre with the most rows."""
    centres = CentrePage.objects.filter(locale=Locale.get_default(), live=True).order_by("pk")
    return max(centres, key=lambda page: (page.seats.count() + page.contacts.count(), page.pk))


def translation_of(source: Any) -> Translation:
    found: Translation = Translation.objects.select_related("source", "target_locale").get(
        source__object_id=source.translation_key, target_locale=english()
    )
    return found


def target_of(source: Any) -> Any:
    return translation_of(source).get_target_instance()


def segment(source: Any, text: str) -> StringSegment:
    return StringSegment.objects.get(source__object_id=source.translation_key, string__data=text)


def save_words(source: Any, text: str, words: str) -> None:
    """Save the words of a translator without publishing them."""
    found = segment(source, text)
    StringTranslation.objects.update_or_create(
        translation_of=found.string,
        context=found.context,
        locale=english(),
        defaults={"data": words, "translation_type": "manual"},
    )
