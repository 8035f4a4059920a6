"""Messages of reports: queued with what they tell of, sent by the worker, tried again if need be.

A row is claimed before its message is sent, in a statement of its own: no transaction is open while
the mail server is asked, and a process that dies leaves the row to be tried again. So a message is
sent at least once, and twice only if the process dies right after the server took it.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.content_languages import page_in
from feedback.reports.models import (
    AccessibilityReport,
    MailKind,
    ReportMail,
    ReportStep,
    StepKind,
)
from feedback.reports.receipts import agency_of, pointer_to_receipt, receipt_text

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=10)
"""How long one process has for one message."""

PAUSES: Final = (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
"""Minutes to the next attempt. After the last, some six days on, a message is given up."""

AT_ONCE: Final = 10
"""How many messages one round sends."""


def queue(
    report: AccessibilityReport,
    kind: MailKind,
    purpose: str,
    recipient: str,
    subject: str,
    body: str,
) -> bool:
    """Keep a message with the caller's transaction, to be sent after its commit.

    Returns whether it is new: a *purpose* is served once for each report.
    """
    now = timezone.now()
    mail, created = ReportMail.objects.get_or_create(
        report=report,
        purpose=purpose,
        defaults={
            "kind": kind,
            "recipient": recipient,
            "subject": one_line(subject)[:200],
            "body": body,
            "created_at": now,
            "next_attempt_at": now,
        },
    )
    if created:
        transaction.on_commit(partial(_hand_over, mail.pk), robust=True)
    return created


def one_line(text: str) -> str:
    """Return *text* without line breaks: nothing typed may begin another header."""
    return " ".join(text.split())


def _hand_over(mail_id: int) -> None:
    from feedback.reports.tasks import send_report_mail

    send_report_mail.enqueue(mail_id)


def queue_receipt(report: AccessibilityReport) -> None:
    """Send the receipt to whoever gave an address."""
    if not report.email:
        return
    with page_in(report.language):
        subject = _("Receipt %(number)s: your report of inaccessibility") % {
            "number": report.number
        }
    queue(report, MailKind.RECEIPT, "receipt", report.email, subject, "")


def send(mail_id: int) -> bool:
    """Send one message if it is due and nobody else is at it; return whether it was sent."""
    now = timezone.now()
    claimed = ReportMail.objects.filter(pk=mail_id, next_attempt_at__lte=now).update(
        next_attempt_at=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    mail = ReportMail.objects.select_related("report", "report__site").get(pk=mail_id)
    try:
        _message(mail).send()
    except Exception as error:
        _put_off(mail, error)
        return False
    mail.sent_at, mail.next_attempt_at, mail.problem = timezone.now(), None, ""
    _settle(mail, StepKind.MAILED)
    return True


def send_due() -> bool:
    """Send what is due, the oldest first; return whether there is more (a round of the worker)."""
    due = ReportMail.objects.filter(next_attempt_at__lte=timezone.now())
    found = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:AT_ONCE])
    sent = [send(pk) for pk in found]
    return len(found) == AT_ONCE and any(sent)


def _message(mail: ReportMail) -> EmailMessage:
    """Make the message. What holds the token of a receipt is written now, and kept nowhere."""
    with page_in(mail.report.language):
        if mail.kind == MailKind.RECEIPT:
            body = receipt_text(mail.report)
        elif mail.kind == MailKind.ANSWER:
            body = f"{mail.body}\n\n{pointer_to_receipt(mail.report)}"
        else:
            body = mail.body
    agency = agency_of(mail.report)
    reply_to = agency.accessibility_email if agency else ""
    return EmailMessage(
        subject=mail.subject,
        body=body,
        to=[mail.recipient],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _put_off(mail: ReportMail, error: Exception) -> None:
    """Plan the next attempt. Only the kind of error is kept: servers repeat addresses in theirs."""
    mail.problem = type(error).__name__
    logger.warning(
        "E-mail %s of report %s was not sent (attempt %s): %s",
        mail.purpose,
        mail.report.number,
        mail.attempts,
        mail.problem,
    )
    if mail.attempts > len(PAUSES):
        mail.next_attempt_at = None
        _settle(mail, StepKind.NOT_MAILED)
        return
    mail.next_attempt_at = timezone.now() + timedelta(minutes=PAUSES[mail.attempts - 1])
    mail.save(update_fields=["problem", "next_attempt_at"])


def _settle(mail: ReportMail, kind: StepKind) -> None:
    with transaction.atomic():
        mail.save(update_fields=["sent_at", "next_attempt_at", "problem"])
        ReportStep(
            report=mail.report,
            kind=kind,
            at=timezone.now(),
            text=mail.purpose,
            recipient=mail.recipient,
        ).save()
