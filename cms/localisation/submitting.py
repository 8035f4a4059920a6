"""A translator submits a translation, a publisher publishes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin
from wagtail_localize.models import Translation

from cms.localisation import targets
from cms.localisation.models import PublishedTranslation
from cms.localisation.published import translated_sentences


@transaction.atomic
def submit(translation: Translation, user: Any) -> None:
    """Keep the words that are saved as the draft of the translation, and ask for a publisher.

    Raises ``ValidationError`` where the words are refused, such as a title that is too long; then
    nothing is submitted. What is live stays as it is.
    """
    target: Any = translation.get_target_instance()
    if isinstance(target, DraftStateMixin):
        latest: Any = target.get_latest_revision_as_object()
        source = translation.source.as_instance()
        targets.fill(latest, source, translation, translated_sentences(translation))
        targets.save_draft(latest)
    PublishedTranslation.objects.update_or_create(
        translation=translation,
        defaults={"submitted_at": timezone.now(), "submitted_by": user},
    )
