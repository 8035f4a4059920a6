"""Entries: what the outlets show of every object in every locale, and what it depends on."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """What the outlets show of one object in one locale, or the tombstone it left.

    ``document`` and ``summary`` are JSON texts as served. ``content_hash`` covers the content
    without number and time; ``etag`` is quoted as in the header. An object that has never been
    public has a row without a number: it holds nothing but what its builder depended on.
    ``html_path`` is the path of the page that shows it, where one is its own. A part of another
    object, such as an activity of a centre, names that object as its ``owner``.
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.CharField(max_length=40)
    public_id = models.UUIDField()
    locale = models.CharField(max_length=20)
    site = models.ForeignKey(
        "wagtailcore.Site", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    owner = models.UUIDField(null=True)
    sort_key = models.CharField(max_length=255, blank=True)
    html_path = models.CharField(max_length=500, blank=True)
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
            models.Index(fields=["html_path"], name="entry_html_path"),
            models.Index(
                fields=["owner", "locale"],
                name="entry_owner",
                condition=models.Q(owner__isnull=False),
            ),
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
