"""Takes translations along when their source is unpublished."""

from __future__ import annotations

from django.db import models, transaction
from wagtail.models import DraftStateMixin
from wagtail_localize.models import TranslationSource

from cms.localisation.models import PublishedTranslation


@transaction.atomic
def withdraw(source_pk: int) -> int:
    """Unpublish the translations of a source that is not live; return how many there were.

    They come back when it is published again. One that an editor unpublished does not.
    """
    source = (
        TranslationSource.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=source_pk)
        .first()
    )
    if source is None:
        return 0
    try:
        instance = source.get_source_instance()
    except models.ObjectDoesNotExist:
        return 0
    if not isinstance(instance, DraftStateMixin) or instance.live:
        return 0
    withdrawn = 0
    for translation in source.translations.filter(enabled=True).select_related("target_locale"):
        translation.source = source
        try:
            target = translation.get_target_instance()
        except models.ObjectDoesNotExist:
            continue
        if not target.live:
            continue
        target.unpublish()
        PublishedTranslation.objects.update_or_create(
            translation=translation,
            defaults={"taken_along": True, "source_published_at": None},
        )
        withdrawn += 1
    return withdrawn
