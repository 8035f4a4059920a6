"""The tables of the read model: marks, what is pending, entries, dependencies, the feed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Feed(models.Model):
    """The one locked row from which every visible change takes its number.

    ``feed_id`` stands in every cursor; a restore from a backup rotates it.
    """

    SINGLETON: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON)
    feed_id = models.UUIDField(default=uuid.uuid4)
    head = models.PositiveBigIntegerField(default=0)
    builder_version = models.CharField(max_length=64, blank=True)

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

    def __str__(self) -> str:
        return f"{self.resource}/{self.public_id}/{self.locale}"


class Entry(models.Model):
    """What the outlets show of one object in one locale, or the tombstone it left.

    ``document`` and ``summary`` are JSON texts as served. ``content_hash`` covers the content
    without number and time; ``etag`` is quoted as in the header. An object that has never been
    public has a row without a number: it holds nothing but what its builder depended on.
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.CharField(max_length=40)
    public_id = models.UUIDField()
    locale = models.CharField(max_length=20)
    site = models.ForeignKey(
        "wagtailcore.Site", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    sort_key = models.CharField(max_length=255, blank=True)
    document = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=80, blank=True)
    sequence = models.PositiveBigIntegerField(unique=True, null=True)
    modified = models.DateTimeField(null=True)
    is_fallback = models.BooleanField(default=False)
    deleted = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "public_id", "locale"], name="unique_entry"
            ),
        ]
        indexes = [
            models.Index(
                fields=["resource", "locale", "deleted", "sort_key", "public_id"],
                name="entry_list",
            ),
            models.Index(fields=["resource", "sequence"], name="entry_resource_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}/{self.public_id}/{self.locale}#{self.sequence}"


class Dependency(models.Model):
    """A key that the builder of an entry looked at, found or not."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="dependencies")
    key = models.CharField(max_length=160)

    class Meta:
        verbose_name_plural = "dependencies"
        constraints = [models.UniqueConstraint(fields=["key", "entry"], name="unique_dependency")]

    def __str__(self) -> str:
        return self.key
