"""What is to be sent by e-mail, kept until the mail server has taken it."""

from __future__ import annotations

from django.db import models

from feedback.reports.models.report import AccessibilityReport


class MailKind(models.TextChoices):
    RECEIPT = "receipt"
    ANSWER = "answer"
    FORWARD = "forward"
    REMINDER = "reminder"


class ReportMail(models.Model):
    """A message of a report. ``purpose`` names it once and for all: it is queued only once.

    ``next_attempt_at`` is when it may be tried; ``None`` once it was sent or given up.
    """

    report = models.ForeignKey(AccessibilityReport, on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=10, choices=MailKind.choices)
    purpose = models.CharField(max_length=80)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "purpose"], name="unique_report_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.purpose}"
