"""Deleting a source takes its translations along, in the same transaction.

Otherwise one of them would become the source, with data that nobody looks after.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.db.models.signals import pre_delete
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation

from cms.localisation.sweeping import followed_models


def translations_to_go(instance: Any) -> models.QuerySet[Any]:
    """Return the rows that go when *instance* is deleted: none unless it is a source."""
    model: Any = Page if isinstance(instance, Page) else type(instance)
    others: models.QuerySet[Any] = model._base_manager.filter(
        translation_key=instance.translation_key
    ).exclude(locale_id=instance.locale_id)
    is_source = (
        instance.locale_id == Locale.get_default().pk
        or Translation.objects.filter(
            source__object_id=instance.translation_key, source__locale_id=instance.locale_id
        ).exists()
    )
    return others if is_source else others.none()


def take_translations_along(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if not isinstance(instance, TranslatableMixin) or sender not in _models():
        return
    for row in translations_to_go(instance):
        # A page above it may have taken it along already.
        current = type(row)._base_manager.filter(pk=row.pk).first()
        if current is not None:
            current.delete()


@cache
def _models() -> set[type[models.Model]]:
    return set(followed_models())


def connect() -> None:
    pre_delete.connect(take_translations_along, dispatch_uid="localisation-source-deleted")
