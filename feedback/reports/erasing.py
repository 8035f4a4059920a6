"""Deletes the content of reports; number, dates, kind, page and steps stay for statistics."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.reports.attachments import discard
from feedback.reports.models import (
    AccessibilityReport,
    ReportMail,
    ReportStatus,
    ReportStep,
    StepKind,
)
from feedback.reports.working import record

CONTENT: Final = (
    "description",
    "part_of_page",
    "assistive_technology",
    "browser",
    "name",
    "email",
    "content_digest",
)
DONE: Final = (ReportStatus.ANSWERED, ReportStatus.CLOSED)


def erase(pk: int, actor: Any = None) -> bool:
    """Delete the content of a report; return whether there was any.

    Texts of the history go too: they may name people. What is on its way by e-mail is not sent
    any more. An address that is no known page of ours goes, because anything may stand in it. An
    open report is closed: nobody could answer it.
    """
    with transaction.atomic():
        report = AccessibilityReport.objects.select_for_update().get(pk=pk)
        if report.erased_at:
            return False
        now = timezone.now()
        for field in CONTENT:
            setattr(report, field, "")
        report.submission = uuid.uuid4()
        if report.page_public_id is None:
            report.page_address = ""
        if report.status != ReportStatus.CLOSED:
            report.status, report.closed_at = ReportStatus.CLOSED, now
        report.erased_at = now
        report.save()
        files = list(report.attachments.all())
        ReportMail.objects.filter(report=report).update(
            recipient="", subject="", body="", next_attempt_at=None
        )
        ReportStep.objects.filter(report=report).erase_texts()
        record(report, StepKind.ERASED, actor)
    for attachment in files:
        discard(attachment)
    return True


def due_for_erasure(days: int) -> list[int]:
    """Return the keys of reports that were done at least *days* days ago and hold content."""
    before = timezone.now() - timedelta(days=days)
    done = AccessibilityReport.objects.filter(status__in=DONE, erased_at=None)
    found = done.annotate(done_at=Coalesce("closed_at", "answered_at")).filter(
        Q(done_at__lte=before)
    )
    return list(found.order_by("pk").values_list("pk", flat=True))
