"""Officers in the admin: what they see, the steps they take, and who is kept out."""

from __future__ import annotations

import csv
import io
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from cms.roles import EDITORS, PUBLISHERS, set_up_roles
from feedback.reports.models import (
    AccessibilityReport,
    ReportMail,
    ReportStatus,
    ReportStep,
    StepKind,
)
from feedback.reports.receipts import receipt_path
from feedback.reports.reported_page import ReportedPage
from feedback.reports.submitting import Submission, submit
from feedback.reports.term import DAYS, today
from tests.feedback.officer import Officer
from tests.feedback.sending import WORDS, Citizen


@pytest.fixture
def officer(db: None) -> Officer:
    return Officer()


def make(days_ago: int = 0, **texts: str) -> AccessibilityReport:
    """Store a report that was received so many days ago."""
    report, _new = submit(
        Submission(
            key=uuid.uuid4(),
            texts={"kind": "barrier", "description": "Prova", **texts},
            reply_wanted=bool(texts.get("email")),
            page=ReportedPage("/it/"),
            language="it",
            site=None,
        )
    )
    report.received_on = today() - timedelta(days=days_ago)
    report.due_on = report.received_on + timedelta(days=DAYS)
    report.received_at -= timedelta(days=days_ago)
    report.save()
    return report


def test_list_shows_the_latest_first_and_the_days_left(officer: Officer) -> None:
    fresh, late, near = make(), make(35), make(29)
    answered = make(40)
    answered.status = ReportStatus.ANSWERED
    answered.save()
    assert officer.numbers() == [late.number, near.number, fresh.number]
    assert officer.numbers(state="all")[-1] == answered.number
    cells = [row.select("td")[0].get_text(strip=True) for row in officer.list().select("tbody tr")]
    assert cells == ["5 giorni di ritardo", "1 giorno rimasto", "30 giorni rimasti"]


def test_list_is_filtered(officer: Officer) -> None:
    mine, late, content = make(), make(31), make(kind="content", name="Rossi")
    officer.done(mine, "assign", officer=officer.user.pk)
    assert officer.numbers(whose="mine") == [mine.number]
    assert set(officer.numbers(whose="nobody")) == {late.number, content.number}
    assert officer.numbers(state="overdue") == [late.number]
    assert officer.numbers(state="assigned") == [mine.number]
    assert officer.numbers(kind="content") == [content.number]
    assert officer.numbers(q="rossi") == [content.number]
    assert officer.numbers(q=late.number.lower()) == [late.number]
    assert officer.numbers(since=today().isoformat()) == [mine.number, content.number][::-1]
    assert officer.numbers(until=(today() - timedelta(days=1)).isoformat()) == [late.number]
    for wrong in ({"state": "x"}, {"since": "yesterday"}, {"kind": "'"}):
        assert officer.numbers(**wrong) == []


def test_list_costs_the_same_whatever_its_length(
    officer: Officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make()
    officer.list()
    with django_assert_num_queries(13):
        officer.list()
    for _number in range(5):
        officer.done(make(), "assign", officer=officer.user.pk)
    with django_assert_num_queries(13):
        officer.list()


def test_nobody_else_sees_reports(report: AccessibilityReport, anybody: Client) -> None:
    urls = [
        reverse("feedback_reports:list"),
        *(
            reverse(f"feedback_reports:{name}", args=[report.pk])
            for name in ("report", "message", "data")
        ),
        reverse("feedback_reports:attachment", args=[report.pk, uuid.uuid4()]),
    ]
    set_up_roles()
    for name in ("", EDITORS, PUBLISHERS):
        client = anybody
        if name:
            user = get_user_model()._default_manager.create_user(username=name, password="unused")
            user.groups.add(Group.objects.get(name=name))
            client = Client(HTTP_HOST="127.0.0.1")
            client.force_login(user)
        for url in urls:
            for response in (client.get(url), client.post(url, {"action": "note"})):
                assert response.status_code in (302, 405), (name, url)
                assert WORDS["description"].encode() not in response.content
        menu = client.get("/admin/").content.decode() if name else ""
        assert reverse("feedback_reports:list") not in menu
    assert report.steps.count() == 1


def test_officers_have_no_content(officer: Officer) -> None:
    page = officer.client.get("/admin/")
    assert reverse("feedback_reports:list") in page.content.decode()
    assert not officer.user.has_perm("wagtailcore.change_page")


def test_answer_is_mailed_kept_and_shown_in_the_receipt(
    officer: Officer,
    report: AccessibilityReport,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    anybody: Client,
) -> None:
    text = "Il menu ora si apre con la tastiera.\nGrazie <b>"
    with django_capture_on_commit_callbacks(execute=True):
        officer.done(report, "answer", text=text)
    assert report.status == ReportStatus.ANSWERED
    assert report.answered_at is not None
    message = mailoutbox[-1]
    assert message.to == [WORDS["email"]]
    assert text in message.body
    assert receipt_path(report) in message.body
    assert report.number in message.subject
    step = report.steps.get(kind=StepKind.ANSWERED)
    assert (step.text, step.actor, step.recipient) == (text, officer.user, WORDS["email"])
    receipt = anybody.get(receipt_path(report)).content.decode()
    assert "Grazie &lt;b&gt;" in receipt
    assert receipt_path(report) not in str(list(ReportMail.objects.values()))


def test_answer_without_an_address_stands_in_the_receipt(officer: Officer, anybody: Client) -> None:
    report = officer.done(make(), "answer", text="Fatto.")
    assert not report.mails.exists()
    assert "Fatto." in anybody.get(receipt_path(report)).content.decode()


def test_report_is_forwarded_without_the_link_of_the_citizen(
    officer: Officer, report: AccessibilityReport
) -> None:
    officer.done(report, "forward", recipient="office@example.org", text="Per competenza.")
    assert report.status == ReportStatus.FORWARDED
    assert report.is_open, "the citizen still waits"
    mail = report.mails.get(kind="forward")
    assert mail.recipient == "office@example.org"
    assert "Per competenza." in mail.body
    assert WORDS["description"].splitlines()[0] in mail.body
    assert report.token not in mail.body


def test_every_step_is_in_the_history(officer: Officer, report: AccessibilityReport) -> None:
    officer.done(report, "assign", officer=officer.user.pk)
    assert report.status == ReportStatus.ASSIGNED
    officer.done(report, "note", text="Da verificare")
    officer.done(report, "protocol", number="12345/2026", on=today().isoformat())
    assert (report.protocol_number, report.protocol_date) == ("12345/2026", today())
    officer.done(report, "answer", text="Fatto")
    officer.done(report, "close", text="Risolto")
    assert report.status == ReportStatus.CLOSED
    officer.done(report, "reopen", text="Non risolto")
    assert report.status == ReportStatus.ASSIGNED
    officer.done(report, "assign", officer="")
    assert report.status == ReportStatus.RECEIVED
    kinds = list(report.steps.exclude(kind=StepKind.MAILED).values_list("kind", "actor_name"))
    name = officer.user.get_username()
    assert kinds == [
        ("received", ""),
        ("assigned", name),
        ("noted", name),
        ("protocol", name),
        ("answered", name),
        ("closed", name),
        ("reopened", name),
        ("assigned", name),
    ]
    shown = officer.look(report).get_text()
    assert "Da verificare" in shown
    assert "Non risolto" in shown


def test_citizen_never_sees_an_internal_note(
    officer: Officer, report: AccessibilityReport, anybody: Client
) -> None:
    officer.done(report, "note", text="Nota riservata")
    for path in ("", "print/"):
        page = anybody.get(f"{receipt_path(report)}{path}")
        assert b"riservata" not in page.content


def test_protocol_stands_in_the_receipt(
    officer: Officer, report: AccessibilityReport, anybody: Client
) -> None:
    due = report.due_on
    officer.done(report, "protocol", number="12345/2026", on=today().isoformat())
    assert report.due_on == due
    assert b"12345/2026" in anybody.get(receipt_path(report)).content


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("answer", {"text": " "}),
        ("note", {"text": ""}),
        ("protocol", {"number": "", "on": ""}),
        ("protocol", {"number": "1", "on": "2999-01-01"}),
        ("forward", {"recipient": "a@b.it\nBcc: c@d.it", "text": "x"}),
        ("close", {"text": ""}),
        ("assign", {"officer": "999999"}),
        ("answer", {"text": "x" * 20_001}),
    ],
)
def test_bad_input_of_officers_does_nothing_and_keeps_words(
    officer: Officer, report: AccessibilityReport, action: str, fields: dict[str, str]
) -> None:
    response = officer.take(report, action, **fields)
    assert response.status_code == 422
    assert report.steps.count() == 1
    assert report.mails.count() == 1
    if fields.get("number") == "1":
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one("#id_protocol-number")["value"] == "1"  # type: ignore[index]


def test_two_officers_do_not_answer_over_one_another(
    officer: Officer, report: AccessibilityReport
) -> None:
    officer.done(report, "answer", text="Prima risposta", seen=0)
    second = Officer("second")
    response = second.take(report, "answer", text="Seconda risposta", seen=0)
    assert response.status_code == 409
    assert "Seconda risposta" in response.content.decode()
    assert report.steps.filter(kind=StepKind.ANSWERED).count() == 1
    assert second.take(report, "answer", text="x", seen="forged").status_code == 409


def test_steps_that_make_no_sense_are_refused(
    officer: Officer, report: AccessibilityReport
) -> None:
    officer.done(report, "close", text="x")
    before = report.steps.count()
    for action in ("answer", "forward", "close", "unknown", ""):
        officer.take(report, action, text="x", recipient="a@b.it")
    assert report.steps.count() == before


def test_history_outlives_the_account(officer: Officer, report: AccessibilityReport) -> None:
    officer.done(report, "assign", officer=officer.user.pk)
    officer.user.delete()
    report.refresh_from_db()
    assert report.assigned_to is None
    step = ReportStep.objects.get(kind=StepKind.ASSIGNED)
    assert (step.actor, step.actor_name) == (None, "officer")


def test_attachment_is_saved_never_shown_and_audited(citizen: Citizen, officer: Officer) -> None:
    content = b"<!doctype html><script>alert(1)</script>"
    citizen.to_summary(attachment=SimpleUploadedFile("p\u00e0gina.html", content)).post("send")
    report = AccessibilityReport.objects.get()
    link = officer.look(report).select_one('a[href*="/attachments/"]')
    assert link is not None
    response = officer.client.get(str(link["href"]))
    assert b"".join(response.streaming_content) == content  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert report.steps.get(kind=StepKind.DOWNLOADED).actor == officer.user
    other = make()
    wrong = str(link["href"]).replace(f"/{report.pk}/", f"/{other.pk}/")
    assert officer.client.get(wrong, follow=True).status_code == 404


FORMULAS = ["=1+1", "+39 02", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_export_begins_a_formula(officer: Officer, formula: str) -> None:
    make(name=formula, description=f"{formula}\n=cmd|' /C calc'!A0", browser='"; =1')
    response = officer.client.get(reverse("feedback_reports:list"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8")  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert f"'{formula}" in rows[1]
    book = load_workbook(
        io.BytesIO(officer.client.get(reverse("feedback_reports:list"), {"export": "xlsx"}).content)
    )
    cells = [cell for line in book.active.iter_rows(min_row=2) for cell in line]  # type: ignore[union-attr]
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    for value in [*rows[1], *(cell.value for cell in cells)]:
        assert not str(value or "").lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝"))


def test_export_holds_what_is_listed(officer: Officer, report: AccessibilityReport) -> None:
    make(kind="content")
    response = officer.client.get(
        reverse("feedback_reports:list"), {"export": "csv", "kind": "barrier"}
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["Numero"] == report.number
    assert row["Descrizione"] == WORDS["description"]
    assert report.token not in text


def test_message_for_the_protocol_holds_no_link(
    officer: Officer, report: AccessibilityReport
) -> None:
    response = officer.client.get(reverse("feedback_reports:message", args=[report.pk]))
    assert response["Content-Type"] == "message/rfc822"
    assert report.number.encode() in response.content
    assert report.token.encode() not in response.content
    assert report.steps.filter(kind=StepKind.EXPORTED).count() == 1


def test_all_data_are_handed_out_without_secrets(
    officer: Officer, report: AccessibilityReport
) -> None:
    response = officer.client.get(reverse("feedback_reports:data", args=[report.pk]))
    data = json.loads(response.content)
    assert data["report"]["description"] == WORDS["description"]
    assert data["messages"][0]["recipient"] == WORDS["email"]
    for secret in (report.seed, report.token_digest, report.token):
        assert secret not in response.content.decode()


def test_hostile_words_are_shown_as_words(officer: Officer) -> None:
    hostile = "<script>alert(1)</script>"
    report = make(description=hostile, name=hostile, email="a@example.org")
    page = officer.look(report)
    assert hostile in page.get_text()
    assert not [item for item in page.select("main script") if "alert(1)" in item.get_text()]


def test_detail_costs_the_same_whatever_its_history(
    officer: Officer,
    report: AccessibilityReport,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    officer.look(report)
    with django_assert_num_queries(19):
        officer.look(report)
    for number in range(4):
        officer.done(report, "note", text=str(number))
    with django_assert_num_queries(19):
        officer.look(report)
