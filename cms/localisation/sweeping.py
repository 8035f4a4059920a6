"""Finds translations that lag behind their source, whatever became of the signal that told of it.

Wagtail sends its publish signals after the transaction that publishes: a process that dies between
the two has published without telling anybody.
"""

from __future__ import annotations

import logging

from django.apps import apps
from django.db import DatabaseError, InterfaceError, models
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail_localize.models import Translation

from cms.localisation.tasks import follow_source

logger = logging.getLogger(__name__)

CHUNK = 20


def followed_models() -> list[type[models.Model]]:
    """Return the models that translations follow: pages as one, each kind of record."""
    records = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin)
        and issubclass(model, TranslatableMixin)
        and not issubclass(model, Page)
    ]
    return [Page, *records]


def lagging_sources() -> list[int]:
    """Return the sources whose translations are to be synchronised or withdrawn; one query."""
    lagging = models.Q()
    known = models.OuterRef("published__source_published_at")
    for model in followed_models():
        rows = model._default_manager.filter(translation_key=models.OuterRef("source__object_id"))
        source = rows.filter(locale_id=models.OuterRef("source__locale_id"))
        target = rows.filter(locale_id=models.OuterRef("target_locale_id"), live=True)
        published = source.filter(live=True, last_published_at__isnull=False)
        moved = published.filter(
            models.Q(last_published_at__gt=known) | models.Q(last_published_at__lt=known)
        )
        lagging |= models.Q(models.Exists(moved))
        lagging |= models.Q(models.Exists(published), published__source_published_at__isnull=True)
        withdrawn = models.Exists(source.filter(live=False))
        lagging |= models.Q(withdrawn, models.Exists(target))
    found = Translation.objects.filter(lagging, enabled=True)
    return sorted(set(found.values_list("source_id", flat=True)))


def sweep() -> bool:
    """Bring translations that lag to where their source is; return whether there are more.

    A chunk at a time: between two of them the worker drains.
    """
    sources = lagging_sources()
    for source in sources[:CHUNK]:
        try:
            follow_source.call(source)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("Source %s could not be synchronised; it is tried again.", source)
    return len(sources) > CHUNK
