"""Reminders by the calendar of Italy, and what is deleted when the time is over."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone as django_timezone

from cms.delivery import rounds
from cms.models import AgencySettings
from feedback.reports.models import (
    AccessibilityReport,
    ReportAttachment,
    ReportMail,
    ReportStatus,
    ReportStep,
    StepKind,
)
from feedback.reports.receipts import receipt_path
from feedback.reports.reminding import remind, remind_due
from tests.feedback.officer import Officer
from tests.feedback.sending import WORDS, Citizen
from tests.feedback.test_reports_numbering import received_at
from tests.feedback.test_reports_officers import make


@pytest.fixture
def mailbox(db: None) -> str:
    agency = AgencySettings.objects.get()
    agency.accessibility_email = "accessibilita@example.org"
    agency.save()
    return agency.accessibility_email


def reminders(report: AccessibilityReport) -> list[str]:
    return list(report.steps.filter(kind=StepKind.REMINDED).values_list("text", flat=True))


def test_reminders_come_at_20_27_and_30_days_once_each(mailbox: str) -> None:
    report = received_at("2026-03-10T10:00:00")
    told = {}
    for day in range(40):
        for _time in range(2):
            remind(date(2026, 3, 10) + timedelta(days=day))
        told[day] = len(reminders(report))
    assert [day for day in told if told[day] != told.get(day - 1, 0)] == [20, 27, 30]
    mails = ReportMail.objects.filter(kind="reminder")
    assert [mail.recipient for mail in mails] == [mailbox] * 3
    assert [mail.subject.split(": ")[1] for mail in mails] == [
        "10 giorni rimasti",
        "3 giorni rimasti",
        "la risposta scade oggi",
    ]
    assert report.number in mails[0].body
    assert f"/accessibility-reports/{report.pk}/" in mails[0].body


def test_only_the_last_of_missed_reminders_is_sent(mailbox: str) -> None:
    report = received_at("2026-03-10T10:00:00")
    remind(date(2026, 4, 20))
    remind(date(2026, 4, 21))
    assert reminders(report) == ["30"]
    assert "11 giorni di ritardo" in ReportMail.objects.get().subject


@pytest.mark.parametrize(
    ("received", "before", "moment"),
    [
        # The clocks change on 29 March and 25 October 2026, the year on 1 January.
        ("2026-03-14T23:30:00", "2026-04-03T21:59:59", "2026-04-03T22:00:00"),
        ("2026-10-10T21:30:00", "2026-10-29T22:59:59", "2026-10-29T23:00:00"),
        ("2026-12-20T12:00:00", "2027-01-08T22:59:59", "2027-01-08T23:00:00"),
    ],
)
def test_reminders_begin_with_the_day_in_italy(
    mailbox: str, received: str, before: str, moment: str
) -> None:
    report = received_at(received)
    for text, expected in ((before, []), (moment, ["20"])):
        now = datetime.fromisoformat(text).replace(tzinfo=UTC)
        with mock.patch.object(django_timezone, "now", return_value=now):
            remind_due()
        assert reminders(report) == expected


def test_answered_and_closed_reports_remind_nobody(mailbox: str) -> None:
    report = make(25)
    report.status = ReportStatus.ANSWERED
    report.save()
    assert remind() == 0
    report.status = ReportStatus.FORWARDED
    report.save()
    assert remind() == 1


def test_officer_at_work_is_reminded_first_then_mailbox_then_all(mailbox: str) -> None:
    officer = Officer(email="officer@example.org")
    other = Officer("other", email="other@example.org")
    report = officer.done(make(20), "assign", officer=officer.user.pk)
    assert remind() == 1
    assert report.mails.get().recipient == "officer@example.org"
    AgencySettings.objects.update(accessibility_email="")
    unassigned = make(20)
    assert remind() == 1
    assert {mail.recipient for mail in unassigned.mails.all()} == {
        "officer@example.org",
        other.user.email,
    }


def test_nobody_to_remind_is_told_in_the_log(db: None, caplog: Any) -> None:
    report = make(20)
    with caplog.at_level(logging.WARNING):
        remind()
        remind()
    assert caplog.text.count(report.number) == 1
    assert reminders(report) == ["20"]


def test_command_and_worker_remind(mailbox: str, mailoutbox: list[Any]) -> None:
    make(20)
    out = StringIO()
    call_command("remind_reports", stdout=out)
    assert "1" in out.getvalue()
    assert [message.to for message in mailoutbox] == [[mailbox]]
    call_command("remind_reports", stdout=out)
    assert len(mailoutbox) == 1
    assert rounds._rounds["terms of reports"].run is remind_due


def purge(**options: Any) -> str:
    out = StringIO()
    call_command("purge_reports", stdout=out, **options)
    return out.getvalue()


def test_retention_deletes_content_and_keeps_statistics(
    citizen: Citizen, settings: Any, anybody: Client
) -> None:
    officer = Officer()
    citizen.to_summary(attachment=SimpleUploadedFile("a.txt", b"a")).post("send")
    report = AccessibilityReport.objects.get()
    path = receipt_path(report)
    file = Path(report.attachments.get().file.path)
    officer.done(report, "note", text="Nota su Prova")
    officer.done(report, "answer", text="Gentile Prova")
    officer.done(report, "close", text="Prova è contento")
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "REPORT_RETENTION_DAYS": 100}
    assert purge().strip().endswith("0.")
    report.refresh_from_db()
    assert report.description
    report.closed_at -= timedelta(days=100, minutes=1)  # type: ignore[operator]
    report.save()
    assert purge(dry_run=True).strip().endswith("1.")
    assert file.exists()
    assert purge().strip().endswith("1.")
    assert purge().strip().endswith("0.")
    assert not file.exists()
    assert not ReportAttachment.objects.exists()
    report.refresh_from_db()
    kept = str(AccessibilityReport.objects.values().get())
    kept += str(list(ReportStep.objects.values())) + str(list(ReportMail.objects.values()))
    for words in (*WORDS.values(), "Gentile", "contento", "Nota su"):
        if words != "barrier":
            assert words not in kept, words
    assert (report.kind, report.status) == ("barrier", ReportStatus.CLOSED)
    assert report.page_title == "Centri per le Famiglie"
    assert {"received", "noted", "answered", "closed", "erased"} <= set(
        report.steps.values_list("kind", flat=True)
    )
    assert anybody.get(path).status_code == 410
    assert anybody.get(f"{path}print/").status_code == 404
    assert not officer.look(report).select("button[name=action]")


def test_open_reports_are_never_purged(db: None) -> None:
    report = make(1000, description="Aperta")
    assert purge(older_than=0).strip().endswith("0.")
    report.refresh_from_db()
    assert report.description == "Aperta"


def test_nobody_decides_the_time_for_the_agency(db: None) -> None:
    with pytest.raises(CommandError, match="REPORT_RETENTION_DAYS"):
        purge()
    with pytest.raises(CommandError, match="zero"):
        purge(older_than=-1)


def test_person_gets_and_deletes_data_by_the_number_of_the_receipt(
    report: AccessibilityReport, mailoutbox: list[Any]
) -> None:
    out = StringIO()
    call_command("report_data", report.number.lower(), stdout=out)
    assert json.loads(out.getvalue())["report"]["name"] == WORDS["name"]
    assert report.steps.filter(kind=StepKind.EXPORTED).count() == 1
    call_command("report_data", report.number, erase=True, stdout=out)
    report.refresh_from_db()
    assert (report.description, report.email, report.status) == ("", "", ReportStatus.CLOSED)
    call_command("remind_reports", stdout=out)
    assert mailoutbox == [], "what waited is not sent any more"
    with pytest.raises(CommandError, match="ACC-1"):
        call_command("report_data", "ACC-1")


def test_officer_deletes_after_typing_the_number(report: AccessibilityReport) -> None:
    officer = Officer()
    assert officer.take(report, "erase", number="ACC-2026-999999").status_code == 422
    report.refresh_from_db()
    assert report.description
    officer.done(report, "erase", number=report.number)
    assert report.description == ""
    assert report.steps.get(kind=StepKind.ERASED).actor == officer.user
    assert officer.take(report, "note", text="x").status_code == 302
    assert not report.steps.filter(kind=StepKind.NOTED).exists()


def test_number_of_a_deleted_report_is_not_given_out_again(report: AccessibilityReport) -> None:
    Officer().done(report, "erase", number=report.number)
    assert make().serial == report.serial + 1


def test_same_words_after_deletion_are_a_new_report(citizen: Citizen) -> None:
    citizen.to_summary()
    data = {**citizen.fields(), "step": "send"}
    first = citizen.client.post(citizen.soup_action(), data)
    report = AccessibilityReport.objects.get()
    Officer().done(report, "erase", number=report.number)
    second = citizen.client.post(citizen.soup_action(), data)
    assert first.url != second.url
    assert AccessibilityReport.objects.count() == 2
