"""Reminds officers of terms at 20, 27 and 30 days, once each, whoever runs it how often."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.content_languages import page_in
from cms.roles import OFFICERS
from feedback.reports.mails import queue
from feedback.reports.models import AccessibilityReport, MailKind, ReportStep, StepKind
from feedback.reports.receipts import agency_of
from feedback.reports.term import REMINDERS, reminder_due, today
from feedback.reports.working import record

logger = logging.getLogger(__name__)


def remind(on: date | None = None) -> int:
    """Queue what is due by the local date *on*, today without one; return for how many reports.

    Where several reminders were missed, only the last is sent.
    """
    on = on or today()
    open_reports = AccessibilityReport.objects.open().filter(
        received_on__lte=on - timedelta(days=REMINDERS[0])
    )
    reminded = ReportStep.objects.filter(report=OuterRef("pk"), kind=StepKind.REMINDED)
    waiting: list[int] = []
    ends = [*[days - 1 for days in REMINDERS[1:]], None]
    for days, last in zip(REMINDERS, ends, strict=True):
        due = open_reports.filter(received_on__lte=on - timedelta(days=days))
        if last is not None:
            due = due.filter(received_on__gte=on - timedelta(days=last))
        due = due.exclude(Exists(reminded.filter(text=str(days))))
        waiting += due.values_list("pk", flat=True)
    return sum(_remind(pk, on) for pk in waiting)


def remind_due() -> bool:
    """A round of the worker: there is never more to do at once."""
    remind()
    return False


def _remind(pk: int, on: date) -> bool:
    with transaction.atomic():
        report = AccessibilityReport.objects.select_for_update(of=("self",)).get(pk=pk)
        days = reminder_due(report.received_on, on)
        known = report.steps.filter(kind=StepKind.REMINDED, text=str(days))
        if days is None or not report.is_open or known.exists():
            return False
        recipients = recipients_for(report)
        record(report, StepKind.REMINDED, None, str(days), ", ".join(recipients)[:254])
        if not recipients:
            logger.warning(
                "Report %s: no officer has an e-mail address to be reminded.", report.number
            )
        with page_in(settings.LANGUAGE_CODE):
            subject, body = _words(report, report.days_left(on))
        for number, recipient in enumerate(recipients):
            purpose = f"reminder-{days}-{number}"
            queue(report, MailKind.REMINDER, purpose, recipient, subject, body)
    return True


def recipients_for(report: AccessibilityReport) -> list[str]:
    """Return who is reminded: the officer at work, else the mailbox, else all officers."""
    officer: Any = report.assigned_to
    if officer is not None and officer.is_active and officer.email:
        return [officer.email]
    agency = agency_of(report)
    if agency is not None and agency.accessibility_email:
        return [agency.accessibility_email]
    group = Group.objects.filter(name=OFFICERS).first()
    if group is None:
        return []
    users: Any = group.user_set.filter(is_active=True).exclude(email="")
    return sorted(set(users.values_list("email", flat=True)))


def left_in_words(days: int) -> str:
    """Return how many days are left, or how many the answer is late."""
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("the answer is due today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _words(report: AccessibilityReport, days: int) -> tuple[str, str]:
    left = left_in_words(days)
    subject = _("Report of inaccessibility %(number)s: %(left)s") % {
        "number": report.number,
        "left": left,
    }
    due = _("The answer is due by %(date)s.") % {"date": date_format(report.due_on, "DATE_FORMAT")}
    return subject, "\n".join([f"{report.number}: {left}.", due, _admin_url(report)]).strip()


def _admin_url(report: AccessibilityReport) -> str:
    try:
        path = reverse("feedback_reports:report", args=[report.pk])
    except NoReverseMatch:
        return ""
    return f"{getattr(settings, 'WAGTAILADMIN_BASE_URL', '') or ''}{path}"
