"""Ratings as they are stored: what was said of which page, and nothing of who said it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.ratings.answers import Answer

COMMENT_LENGTH = 200
"""Characters of a comment, by the national model."""


class Channel(models.TextChoices):
    """Where a rating was given: on a page of this site, or on a portal that shows its contents."""

    SITE = "site", _("this site")
    PORTAL = "portal", _("portal")


class RatingQuerySet(models.QuerySet["Rating"]):
    def counted(self) -> RatingQuerySet:
        """Those that statistics count: no spam, and of each visitor one a day and page."""
        return self.filter(is_spam=False, is_repeat=False)

    def with_comment(self) -> RatingQuerySet:
        return self.exclude(comment="")


class Rating(models.Model):
    """What one visitor said of one page.

    ``submission`` names the form that was sent: sent twice, it is stored once. ``public_id`` and
    ``locale`` name the page as the API does, and stay when it is deleted, with the title and the
    path that it had; ``revision`` and ``revised`` tell which of its texts was read. ``mark`` is a
    keyed hash of address, browser and page that nobody can compute again once the day's salt is
    deleted; the next day it is emptied, and ``is_repeat`` is what remains of it.
    """

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    public_id = models.UUIDField()
    locale = models.CharField(_("language"), max_length=20)
    title = models.CharField(_("page"), max_length=255)
    path = models.CharField(_("address"), max_length=500, blank=True)
    revision = models.PositiveBigIntegerField(null=True)
    revised = models.DateTimeField(_("page changed"), null=True)
    is_fallback = models.BooleanField(_("shown in Italian"), default=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    stars = models.PositiveSmallIntegerField(_("stars"))
    answer = models.CharField(_("answer"), max_length=30, choices=Answer, blank=True)
    comment = models.CharField(_("comment"), max_length=COMMENT_LENGTH, blank=True)
    hour = models.DateTimeField(_("hour"), help_text=_("When it was given, to the hour."))
    mark = models.CharField(max_length=32, blank=True, editable=False)
    is_repeat = models.BooleanField(_("repeated"), default=False)
    is_spam = models.BooleanField(_("spam"), default=False)
    is_read = models.BooleanField(_("read"), default=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=5), name="family_rating_stars"
            ),
        ]
        indexes = [
            models.Index(fields=["hour"], name="family_rating_hour"),
            models.Index(fields=["public_id", "hour"], name="family_rating_page"),
            models.Index(fields=["mark"], name="family_rating_mark", condition=~models.Q(mark="")),
            models.Index(
                fields=["-id"], name="family_rating_comments", condition=~models.Q(comment="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.stars}"


class DailySalt(models.Model):
    """What the marks of one day are keyed with. It is deleted when the day is over."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)
