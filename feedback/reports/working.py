"""The steps that officers take. Each is one transaction with its entry in the history.

The report's row is locked meanwhile, and ``seen`` is the last step of a person that the officer had
before their eyes: who works on what somebody else has just changed is told so first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.content_languages import page_in
from feedback.reports.mails import queue
from feedback.reports.models import (
    AccessibilityReport,
    MailKind,
    ReportStatus,
    ReportStep,
    StepKind,
)
from feedback.reports.receipts import receipt_text


class WorkError(Exception):
    """A step that cannot be taken; says why."""


def last_seen(report: AccessibilityReport) -> int:
    """Return the number of the last step that a person took; 0 before the first."""
    steps = report.steps.exclude(actor_name="")
    return int(steps.order_by("-pk").values_list("pk", flat=True).first() or 0)


@contextmanager
def at_work(pk: int, seen: int | None = None) -> Iterator[AccessibilityReport]:
    """Yield the report, locked until the end of the step.

    Raises :class:`WorkError` where another officer has done something since *seen*, or where the
    content is deleted.
    """
    with transaction.atomic():
        report = AccessibilityReport.objects.select_for_update().get(pk=pk)
        if report.erased_at:
            raise WorkError(_("The content of this report has been deleted."))
        if seen is not None and last_seen(report) != seen:
            raise WorkError(
                _(
                    "Somebody else has worked on this report meanwhile. Look at the history, then "
                    "decide again; what you wrote is still here."
                )
            )
        yield report


def record(
    report: AccessibilityReport,
    kind: StepKind,
    actor: Any = None,
    text: str = "",
    recipient: str = "",
) -> ReportStep:
    """Add a step to the history. Without *actor* the worker took it."""
    step = ReportStep(
        report=report,
        kind=kind,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor.get_username())[:150] if actor is not None else "",
        text=text,
        recipient=recipient,
    )
    step.save()
    return step


def assign(report: AccessibilityReport, actor: Any, officer: Any) -> None:
    """Give *report* to *officer*; ``None`` gives it back to all."""
    report.assigned_to = officer
    if officer is not None and report.status == ReportStatus.RECEIVED:
        report.status = ReportStatus.ASSIGNED
    elif officer is None and report.status == ReportStatus.ASSIGNED:
        report.status = ReportStatus.RECEIVED
    report.save(update_fields=["assigned_to", "status"])
    name = officer.get_username() if officer is not None else _("nobody")
    record(report, StepKind.ASSIGNED, actor, name)


def note(report: AccessibilityReport, actor: Any, text: str) -> None:
    """Write an internal note, which no citizen sees."""
    record(report, StepKind.NOTED, actor, text)


def enter_protocol(report: AccessibilityReport, actor: Any, number: str, on: date | None) -> None:
    """Keep under which number and date the office entered *report*. The term does not change."""
    report.protocol_number, report.protocol_date = number, on
    report.save(update_fields=["protocol_number", "protocol_date"])
    record(report, StepKind.PROTOCOL, actor, f"{number} {on.isoformat() if on else ''}".strip())


def answer(report: AccessibilityReport, actor: Any, text: str) -> bool:
    """Answer the citizen; return whether an e-mail goes out.

    The answer stands in the receipt in any case. Raises :class:`WorkError` for a closed report.
    """
    if report.status == ReportStatus.CLOSED:
        raise WorkError(_("This report is closed. Open it again to answer it."))
    report.status = ReportStatus.ANSWERED
    report.answered_at = report.answered_at or timezone.now()
    report.save(update_fields=["status", "answered_at"])
    is_mailed = bool(report.email and report.reply_wanted)
    step = record(report, StepKind.ANSWERED, actor, text, report.email if is_mailed else "")
    if is_mailed:
        with page_in(report.language):
            subject = _("Answer to your report of inaccessibility %(number)s") % {
                "number": report.number
            }
        queue(report, MailKind.ANSWER, f"answer-{step.pk}", report.email, subject, text)
    return is_mailed


def forward(report: AccessibilityReport, actor: Any, recipient: str, text: str) -> None:
    """Send a copy to another office, with *text* before it. The term runs on until an answer."""
    if report.status == ReportStatus.CLOSED:
        raise WorkError(_("This report is closed. Open it again to forward it."))
    if report.status != ReportStatus.ANSWERED:
        report.status = ReportStatus.FORWARDED
        report.save(update_fields=["status"])
    step = record(report, StepKind.FORWARDED, actor, text, recipient)
    subject = _("Report of inaccessibility %(number)s") % {"number": report.number}
    body = f"{text}\n\n{'-' * 40}\n\n{receipt_text(report, with_link=False)}"
    queue(report, MailKind.FORWARD, f"forward-{step.pk}", recipient, subject, body)


def close(report: AccessibilityReport, actor: Any, reason: str) -> None:
    """End the work on *report*, for a reason that stays in the history."""
    if report.status == ReportStatus.CLOSED:
        raise WorkError(_("This report is closed already."))
    report.status, report.closed_at = ReportStatus.CLOSED, timezone.now()
    report.save(update_fields=["status", "closed_at"])
    record(report, StepKind.CLOSED, actor, reason)


def reopen(report: AccessibilityReport, actor: Any, reason: str) -> None:
    """Go back to work on what was answered or closed."""
    if report.is_open:
        raise WorkError(_("This report is open."))
    report.status = ReportStatus.ASSIGNED if report.assigned_to_id else ReportStatus.RECEIVED
    report.closed_at = None
    report.save(update_fields=["status", "closed_at"])
    record(report, StepKind.REOPENED, actor, reason)
