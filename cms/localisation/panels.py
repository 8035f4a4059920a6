"""What awaits a translator or a publisher, on the first page of the admin."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.localisation.languages import languages_of
from cms.localisation.views import may_publish

SHOWN = 10


def with_sentences_to_do(
    translations: models.QuerySet[Translation],
) -> models.QuerySet[Translation]:
    """Return the translations of which sentences have no words, with their number ``to_do``."""
    words = StringTranslation.objects.filter(
        translation_of_id=models.OuterRef("string_id"),
        context_id=models.OuterRef("context_id"),
        locale_id=models.OuterRef("source__translations__target_locale_id"),
        has_error=False,
    )
    missing = (
        StringSegment.objects.filter(source__translations=models.OuterRef("pk"))
        .filter(~models.Exists(words))
        .order_by()
        .values("source__translations")
        .annotate(number=models.Count("pk"))
        .values("number")
    )
    return translations.annotate(to_do=models.Subquery(missing)).filter(to_do__gt=0)


class TranslationsPanel(Component):
    """What is to do in the reader's languages; for publishers, what was submitted."""

    name = "translations"
    template_name = "family_localisation/panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        enabled = Translation.objects.filter(enabled=True).select_related("source", "target_locale")
        own = enabled.filter(target_locale__language_code__in=languages_of(user))
        submitted = enabled.filter(published__submitted_at__isnull=False).select_related(
            "published__submitted_by"
        )
        return {
            "to_do": [
                _row(item)
                for item in with_sentences_to_do(own).order_by("source__last_updated_at")[:SHOWN]
            ],
            "submitted": [
                _row(item)
                for item in submitted.order_by("published__submitted_at")[:SHOWN]
                if may_publish(user, item.get_target_instance())
            ],
        }


def _row(translation: Translation) -> dict[str, Any]:
    return {
        "translation": translation,
        "title": translation.source.object_repr,
        "language": translation.target_locale.get_display_name(),
        "to_do": getattr(translation, "to_do", None),
        "url": reverse("family_localisation:changes", args=[translation.pk]),
    }
