"""The receipt by e-mail: sent after the commit, tried again while the mail server is down."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.delivery import rounds
from cms.models import AgencySettings
from feedback.reports import mails
from feedback.reports.mails import PAUSES, queue, send, send_due
from feedback.reports.models import (
    AccessibilityReport,
    MailKind,
    ReportMail,
    ReportStep,
    StepKind,
)
from feedback.reports.receipts import receipt_path
from tests.feedback.sending import WORDS, Citizen


def test_receipt_comes_by_mail(
    citizen: Citizen,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    agency = AgencySettings.objects.get()
    agency.accessibility_email = "accessibilita@example.org"
    agency.save()
    citizen.to_summary()
    with django_capture_on_commit_callbacks(execute=True):
        citizen.post("send")
    (message,) = mailoutbox
    report = AccessibilityReport.objects.get()
    assert message.to == [WORDS["email"]]
    assert message.reply_to == ["accessibilita@example.org"]
    assert report.number in message.subject
    for words in (report.number, WORDS["description"], receipt_path(report), "Difensore civico"):
        assert words in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert ReportStep.objects.filter(report=report, kind=StepKind.MAILED).count() == 1


def test_without_an_address_nothing_is_sent(citizen: Citizen) -> None:
    citizen.to_summary(email="", no_reply="on").post("send")
    assert AccessibilityReport.objects.exists()
    assert not ReportMail.objects.exists()


def test_mail_server_that_is_down_loses_nothing(
    citizen: Citizen,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    citizen.to_summary()
    with monkeypatch.context() as down:
        down.setattr(EmailMessage, "send", mock.Mock(side_effect=ConnectionRefusedError("down")))
        with django_capture_on_commit_callbacks(execute=True):
            citizen.post("send")
    assert citizen.response.status_code == 303
    assert citizen.client.get(citizen.response.url).status_code == 200
    (mail,) = ReportMail.objects.all()
    assert (mail.attempts, mail.sent_at, mail.problem) == (1, None, "ConnectionRefusedError")
    assert not send_due(), "it is tried again after a pause only"
    assert mailoutbox == []
    later(minutes=PAUSES[0])
    send_due()
    assert len(mailoutbox) == 1
    mail.refresh_from_db()
    assert mail.sent_at is not None
    assert mail.next_attempt_at is None
    send_due()
    assert len(mailoutbox) == 1


def later(**time: float) -> None:
    """Let *time* pass for what waits."""
    for mail in ReportMail.objects.exclude(next_attempt_at=None):
        assert mail.next_attempt_at is not None
        mail.next_attempt_at -= timedelta(**time)
        mail.save()


def test_after_the_last_attempt_the_history_says_so(
    report: AccessibilityReport, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(
        EmailMessage, "send", mock.Mock(side_effect=SMTPServerDisconnected("a@example.org"))
    )
    with caplog.at_level(logging.WARNING):
        for _attempt in range(len(PAUSES) + 1):
            later(days=2)
            send_due()
    mail = ReportMail.objects.get()
    assert (mail.next_attempt_at, mail.attempts) == (None, len(PAUSES) + 1)
    assert ReportStep.objects.filter(report=report, kind=StepKind.NOT_MAILED).count() == 1
    assert "a@example.org" not in caplog.text


def test_message_that_another_process_sends_is_left_to_it(
    report: AccessibilityReport, mailoutbox: list[Any]
) -> None:
    mail = ReportMail.objects.get()

    def second(self: EmailMessage, fail_silently: bool = False) -> int:
        assert not send(mail.pk), "sent by two"
        return 1

    with mock.patch.object(EmailMessage, "send", second):
        assert send(mail.pk)
    assert not send(mail.pk)


def test_process_that_died_while_sending_leaves_it_to_the_next(
    report: AccessibilityReport, mailoutbox: list[Any]
) -> None:
    mail = ReportMail.objects.get()
    with (
        mock.patch.object(EmailMessage, "send", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        send(mail.pk)
    send_due()
    assert mailoutbox == []
    later(minutes=11)
    send_due()
    assert len(mailoutbox) == 1


def test_what_is_typed_begins_no_header(report: AccessibilityReport, mailoutbox: list[Any]) -> None:
    now = timezone.now()
    queue(
        report,
        MailKind.ANSWER,
        "answer-x",
        "a@example.org",
        "Subject\r\nBcc: b@example.org",
        "Body\r\nBcc: c@example.org",
    )
    mail = ReportMail.objects.get(purpose="answer-x")
    assert send(mail.pk)
    (message,) = mailoutbox
    assert message.recipients() == ["a@example.org"]
    assert "\n" not in message.subject
    raw = message.message().as_string()
    assert "\nBcc" not in raw.partition("\n\n")[0]
    mail = ReportMail.objects.create(
        report=report,
        kind=MailKind.ANSWER,
        purpose="answer-y",
        recipient="a@example.org\nBcc: b@example.org",
        subject="x",
        body="x",
        created_at=now,
        next_attempt_at=now,
    )
    assert not send(mail.pk)
    mail.refresh_from_db()
    assert mail.problem == "BadHeaderError"
    assert len(mailoutbox) == 1


def test_report_that_is_not_stored_sends_nothing(
    report: AccessibilityReport,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                queue(report, MailKind.ANSWER, "lost", "a@example.org", "x", "x")
                raise RuntimeError
        except RuntimeError:
            pass
    assert mailoutbox == []
    assert not ReportMail.objects.filter(purpose="lost").exists()


def test_same_purpose_is_queued_once(report: AccessibilityReport) -> None:
    for expected in (True, False):
        assert queue(report, MailKind.REMINDER, "reminder-20", "a@b.it", "x", "x") is expected


def test_worker_sends_what_waits(report: AccessibilityReport, mailoutbox: list[Any]) -> None:
    waiting = rounds._rounds["e-mails of reports"]
    assert waiting.run is mails.send_due
    waiting.due = 0.0
    rounds.make_rounds()
    assert len(mailoutbox) == 1
