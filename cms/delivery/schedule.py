"""Whether the hour of something has come: a cheap question that the worker may ask often.

Wagtail's ``publish_scheduled`` does the work, but reads every model with drafts to find none.
"""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.delivery.models import Feed


def drafted_models() -> list[type[models.Model]]:
    """Return the models whose objects may expire: pages as one, each kind of record."""
    records = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *records]


def something_is_due() -> bool:
    """Tell whether ``publish_scheduled`` would publish or unpublish anything now; one query."""
    now = timezone.now()
    coming = Revision.objects.filter(approved_go_live_at__lt=now)
    due = models.Q(models.Exists(coming))
    for model in drafted_models():
        due |= models.Q(models.Exists(model._default_manager.filter(live=True, expire_at__lt=now)))
    return Feed.objects.filter(due).exists()
