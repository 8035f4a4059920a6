"""A report of inaccessibility, as a citizen sent it and as officers worked on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.reports import tokens
from feedback.reports.term import days_left, in_rome, today


class ReportKind(models.TextChoices):
    BARRIER = "barrier", _("Something on the page is a barrier to me")
    CONTENT = "content", _("I ask for content in an accessible form")


class ReportStatus(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("status of a report", "received")
    ASSIGNED = "assigned", pgettext_lazy("status of a report", "in progress")
    ANSWERED = "answered", pgettext_lazy("status of a report", "answered")
    FORWARDED = "forwarded", pgettext_lazy("status of a report", "forwarded")
    CLOSED = "closed", pgettext_lazy("status of a report", "closed")


OPEN: Final = (ReportStatus.RECEIVED, ReportStatus.ASSIGNED, ReportStatus.FORWARDED)
"""The term runs on: what was forwarded to another office has not been answered yet."""


class Channel(models.TextChoices):
    SITE = "site", pgettext_lazy("channel of a report", "this website")
    PORTAL = "portal", pgettext_lazy("channel of a report", "another portal")


class ReportQuerySet(models.QuerySet["AccessibilityReport"]):
    def open(self) -> ReportQuerySet:
        return self.filter(status__in=OPEN)

    def overdue(self) -> ReportQuerySet:
        return self.open().filter(due_on__lt=today())

    def most_urgent_first(self) -> ReportQuerySet:
        """Open ones first, the earliest term first; then the others, the newest first."""
        is_done = Case(
            When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        open_due = Case(When(status__in=OPEN, then="due_on"), output_field=models.DateField())
        return self.annotate(is_done=is_done, open_due=open_due).order_by(
            "is_done", models.F("open_due").asc(nulls_last=True), "-received_at", "-pk"
        )

    def with_token(self, token: str) -> ReportQuerySet:
        return self.filter(token_digest=tokens.digest(token))


class AccessibilityReport(models.Model):
    """What a citizen reported, numbered and dated; kept as it came.

    The page is held by its address and by its public id, so that both outlive it. ``received_on``
    and ``due_on`` are dates of Italy's calendar. What the office fills in about the protocol
    changes no date: the receipt has told the citizen when the answer is due.
    """

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=20, unique=True)
    seed = models.CharField(max_length=32)
    token_digest = models.CharField(max_length=64, unique=True)
    submission = models.UUIDField()
    content_digest = models.CharField(max_length=64, blank=True)
    site = models.ForeignKey(
        "wagtailcore.Site", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.SITE
    )
    language = models.CharField(_("language"), max_length=20)

    page_address = models.CharField(_("address of the page"), max_length=2000, blank=True)
    page_public_id = models.UUIDField(_("page"), null=True, blank=True)
    page_locale = models.CharField(max_length=20, blank=True)
    page_title = models.CharField(_("title of the page"), max_length=255, blank=True)

    kind = models.CharField(_("kind of report"), max_length=10, choices=ReportKind.choices)
    description = models.TextField(_("description"), blank=True)
    part_of_page = models.CharField(_("part of the page"), max_length=300, blank=True)
    assistive_technology = models.CharField(_("assistive technology"), max_length=200, blank=True)
    browser = models.CharField(_("browser and system"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    reply_wanted = models.BooleanField(_("a reply is wanted"), default=True)

    received_at = models.DateTimeField(_("received"))
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer due by"))
    protocol_number = models.CharField(_("protocol number"), max_length=60, blank=True)
    protocol_date = models.DateField(_("protocol date"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ReportStatus.choices, default=ReportStatus.RECEIVED
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    erased_at = models.DateTimeField(_("content deleted"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of inaccessibility")
        verbose_name_plural = _("reports of inaccessibility")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="unique_report_number"),
            models.UniqueConstraint(
                fields=["submission", "content_digest"], name="unique_report_submission"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="report_status_due"),
            models.Index(fields=["received_on"], name="report_received"),
        ]

    def __str__(self) -> str:
        return self.number

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: its number would be a gap. :mod:`feedback.reports.erasing` deletes content."""
        raise TypeError("A report is never deleted: erase its content.")

    @property
    def is_open(self) -> bool:
        """Whether the citizen still waits for an answer."""
        return self.status in OPEN

    @property
    def received_local(self) -> datetime:
        """When it was received, by the clocks of Italy."""
        return in_rome(self.received_at)

    def days_left(self, on: date | None = None) -> int:
        """Return the days left for the answer on a local date, today without one."""
        return days_left(self.due_on, on or today())

    @property
    def token(self) -> str:
        """The token of its receipt; empty where the key that made it is gone."""
        return tokens.token_with(self.seed, self.token_digest)
