"""What a write leaves behind until it is projected, and the one counter of all changes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Feed(models.Model):
    """The one locked row from which every visible change takes its number.

    ``feed_id`` stands in every cursor; a restore from a backup rotates it. Opening intervals are
    stored from ``intervals_from`` up to, and without, ``intervals_until``. ``base_url`` is the root
    of the default site when documents were last built, below which lists give their addresses.
    ``filter_changes`` counts changes of what lists are filtered by: they may show in no document,
    and so have no number.
    """

    SINGLETON: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON)
    feed_id = models.UUIDField(default=uuid.uuid4)
    head = models.PositiveBigIntegerField(default=0)
    base_url = models.CharField(max_length=300, blank=True)
    filter_changes = models.PositiveBigIntegerField(default=0)
    builder_version = models.CharField(max_length=64, blank=True)
    intervals_from = models.DateField(null=True)
    intervals_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="feed_is_a_single_row")
        ]

    def __str__(self) -> str:
        return f"{self.feed_id}:{self.head}"


class Mark(models.Model):
    """A write touched *key*. Appended in the writer's transaction, deleted by the drain.

    ``locale`` is set only for the writer's own object, which is projected at once.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=160)
    locale = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.key


class Pending(models.Model):
    """An entry to be built anew. Written and deleted only under the lock of the feed."""

    id = models.BigAutoField(primary_key=True)
    resource = models.CharField(max_length=40)
    public_id = models.UUIDField()
    locale = models.CharField(max_length=20)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "pending"
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "public_id", "locale"], name="unique_pending_entry"
            )
        ]
        indexes = [models.Index(fields=["failures", "id"], name="pending_order")]

    def __str__(self) -> str:
        return f"{self.resource}/{self.public_id}/{self.locale}"
