"""The history of a report: what was done, when and by whom. Rows are added, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from feedback.reports.models.report import AccessibilityReport


class StepKind(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("step of a report", "received")
    ASSIGNED = "assigned", pgettext_lazy("step of a report", "assigned")
    NOTED = "noted", pgettext_lazy("step of a report", "internal note")
    PROTOCOL = "protocol", pgettext_lazy("step of a report", "entered in the protocol")
    ANSWERED = "answered", pgettext_lazy("step of a report", "answered")
    FORWARDED = "forwarded", pgettext_lazy("step of a report", "forwarded")
    CLOSED = "closed", pgettext_lazy("step of a report", "closed")
    REOPENED = "reopened", pgettext_lazy("step of a report", "opened again")
    REMINDED = "reminded", pgettext_lazy("step of a report", "reminder of the term")
    MAILED = "mailed", pgettext_lazy("step of a report", "e-mail sent")
    NOT_MAILED = "not_mailed", pgettext_lazy("step of a report", "e-mail given up")
    DOWNLOADED = "downloaded", pgettext_lazy("step of a report", "attachment downloaded")
    EXPORTED = "exported", pgettext_lazy("step of a report", "data exported")
    ERASED = "erased", pgettext_lazy("step of a report", "content deleted")


class StepQuerySet(models.QuerySet["ReportStep"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("The history of a report is not changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The history of a report is not deleted.")

    def erase_texts(self) -> int:
        """Empty the texts, which may name people; what was done and when stays."""
        return super().update(text="", recipient="")


class ReportStep(models.Model):
    """One step. ``text`` is the note, the answer or the reason; ``recipient`` who was written to.

    ``actor`` is empty for what a citizen or the worker did. ``actor_name`` is how the officer was
    called then, kept when the account goes.
    """

    report = models.ForeignKey(AccessibilityReport, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)
    recipient = models.CharField(max_length=254, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The history of a report is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The history of a report is not deleted.")
