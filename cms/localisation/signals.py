"""When translations follow their source, and when it is kept what readers were given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_save
from wagtail.models import Locale, Page, Revision, TranslatableMixin
from wagtail.signals import published, unpublished
from wagtail_localize.models import Translation

from cms.localisation.published import was_published
from cms.localisation.references import submit_references
from cms.localisation.tasks import follow_source
from cms.roles import is_target, set_up_translators


def object_was_published(
    sender: type[models.Model], instance: Any, revision: Revision, **kwargs: Any
) -> None:
    """A source is followed by its translations; what a translation says now is kept."""
    if not isinstance(instance, TranslatableMixin) or not instance.live:
        return
    if getattr(instance, "was_synchronised", False):
        return
    translations = list(_translations(instance))
    for translation in translations:
        if translation.target_locale_id == instance.locale_id:
            was_published(translation, revision)
    _follow(_sources(translations, instance))


def object_was_unpublished(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, TranslatableMixin):
        _follow(_sources(_translations(instance), instance))


def _sources(translations: Iterable[Translation], instance: Any) -> set[int]:
    """Return the sources whose content is that of *instance*; every language has the same one."""
    return {
        translation.source_id
        for translation in translations
        if translation.source.locale_id == instance.locale_id
    }


def _translations(instance: Any) -> models.QuerySet[Translation]:
    found = Translation.objects.filter(source__object_id=instance.translation_key, enabled=True)
    return found.select_related("source", "target_locale")


def _follow(sources: set[int]) -> None:
    for source_pk in sources:
        transaction.on_commit(partial(follow_source.enqueue, source_pk), robust=True)


def translation_was_made(
    sender: type[models.Model],
    instance: Translation,
    created: bool = False,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """What an object refers to is submitted with it."""
    if created and not raw:
        submit_references(instance)


def locale_was_made(
    sender: type[models.Model],
    instance: Locale,
    created: bool = False,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """A new language has its translators' group at once."""
    if created and not raw and is_target(instance):
        set_up_translators(instance)


def home_was_made(
    sender: type[models.Model],
    instance: Any,
    created: bool = False,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """The first page of a language is where its translators begin."""
    is_home = isinstance(instance, Page) and instance.depth == 2
    if created and not raw and is_home and is_target(instance.locale):
        set_up_translators(instance.locale)


def connect() -> None:
    post_save.connect(locale_was_made, sender=Locale, dispatch_uid="localisation-locale-was-made")
    post_save.connect(home_was_made, dispatch_uid="localisation-home-was-made")
    post_save.connect(
        translation_was_made, sender=Translation, dispatch_uid="localisation-translation-was-made"
    )
    published.connect(object_was_published, dispatch_uid="localisation-published")
    unpublished.connect(object_was_unpublished, dispatch_uid="localisation-unpublished")
