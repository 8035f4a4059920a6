"""What a drain leaves to the worker, because it takes too long under the lock of the feed."""

from __future__ import annotations

from django.db import models


class RenditionRequest(models.Model):
    """The served sizes of an image are to be made.

    ``image`` is its primary key as text: a host may have an image model of its own. ``file`` is the
    name of the file that ``failures`` attempts were made with.
    """

    image = models.CharField(max_length=64, primary_key=True)
    file = models.CharField(max_length=255, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.image


class PurgeRequest(models.Model):
    """A front-end cache may hold an older answer about an entry, at these addresses.

    ``html_path`` is the path of the page that shows it, or showed it before.
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.CharField(max_length=40)
    public_id = models.UUIDField()
    locale = models.CharField(max_length=20)
    site = models.ForeignKey(
        "wagtailcore.Site", null=True, on_delete=models.CASCADE, related_name="+"
    )
    html_path = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.resource}/{self.public_id}/{self.locale}"
