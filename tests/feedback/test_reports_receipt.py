"""The receipt in all its forms, and its token that nobody else learns."""

from __future__ import annotations

import email
import io
import logging
from email import policy
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.models import AgencySettings
from feedback.reports import tokens
from feedback.reports.models import AccessibilityReport, ReportMail
from feedback.reports.receipts import receipt_message, receipt_path, receipt_url
from tests.feedback.sending import WORDS, Citizen

LAST_DAY = "entro"


@pytest.fixture
def path(report: AccessibilityReport) -> str:
    return receipt_path(report)


def forms(path: str) -> list[str]:
    return [path, f"{path}print/", f"{path.rstrip('/')}.html", f"{path.rstrip('/')}.eml"]


def test_receipt_holds_number_dates_full_text_and_what_can_be_done(
    report: AccessibilityReport, path: str, anybody: Client
) -> None:
    agency = AgencySettings.objects.get()
    agency.accessibility_declaration = "https://form.agid.gov.it/view/example"
    agency.save()
    for address in forms(path)[:3]:
        text = BeautifulSoup(anybody.get(address).content, "html.parser").get_text(" ")
        assert report.number in text, address
        assert WORDS["description"] in text
        assert WORDS["email"] in text
        assert str(report.due_on.year) in text
        assert "Difensore civico per il digitale" in text
        assert "https://form.agid.gov.it/view/example" in text


def test_receipt_is_kept_nowhere_and_listed_nowhere(path: str, anybody: Client) -> None:
    for address in forms(path):
        response = anybody.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


def test_file_needs_nothing_else(path: str, report: AccessibilityReport, anybody: Client) -> None:
    response = anybody.get(f"{path.rstrip('/')}.html")
    assert response["Content-Disposition"] == f'attachment; filename="{report.number}.html"'
    page = BeautifulSoup(response.content, "html.parser")
    assert not page.select("link, script, img, iframe")
    assert "url(" not in response.content.decode()
    assert page.html is not None
    assert page.html["lang"] == "it"
    assert report.token not in response.content.decode()


def test_message_is_whole_and_dated_as_the_report(
    path: str, report: AccessibilityReport, anybody: Client
) -> None:
    response = anybody.get(f"{path.rstrip('/')}.eml")
    assert response["Content-Type"] == "message/rfc822"
    message: Any = email.message_from_bytes(response.content, policy=policy.default)
    assert message["To"] == WORDS["email"]
    assert report.number in message["Subject"]
    assert message["Date"].datetime == report.received_at.replace(microsecond=0)
    plain = message.get_body(("plain",)).get_content()
    assert WORDS["description"] in plain
    assert WORDS["description"].splitlines()[1] in message.get_body(("html",)).get_content()


def test_receipt_speaks_the_language_of_its_address(
    report: AccessibilityReport, anybody: Client
) -> None:
    page = BeautifulSoup(anybody.get(receipt_path(report, "en")).content, "html.parser")
    assert page.select_one("h1").get_text() == "Receipt of your report of inaccessibility"  # type: ignore[union-attr]


def test_table_holds_no_token(report: AccessibilityReport) -> None:
    token = report.token
    assert len(token) == 43
    stored = AccessibilityReport.objects.filter(pk=report.pk).values().get()
    assert token not in str(stored)
    assert tokens.digest(token) == report.token_digest
    assert token not in str(list(ReportMail.objects.values()))


def test_receipt_outlives_a_change_of_the_key(
    report: AccessibilityReport, path: str, anybody: Client, settings: Any
) -> None:
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert anybody.get(path).status_code == 200
    assert report.token == ""
    assert receipt_url(report) == ""
    settings.SECRET_KEY_FALLBACKS = [before]
    assert receipt_path(report) == path


def test_wrong_token_finds_nothing(path: str, anybody: Client) -> None:
    other = tokens.token_of(tokens.new_seed())
    for address in (path.replace(path.split("/")[-2], other), path[:-2] + "/"):
        assert anybody.get(address).status_code == 404


def test_token_stays_out_of_the_logs(anybody: Client, report: AccessibilityReport) -> None:
    """Through the loggers that write addresses, each with a handler of its own."""
    wrong = tokens.token_of(tokens.new_seed())
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    names = ("django.request", "django.server")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    try:
        path = receipt_path(report).replace(report.token, wrong)
        assert anybody.get(path).status_code == 404
        assert anybody.put(receipt_path(report)).status_code == 405
        logging.getLogger("django.server").info('"%s" %s %s', f"GET {path} HTTP/1.1", "200", "17")
        logging.getLogger("django.server").warning(f"GET {path}")
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(handler)
    lines = written.getvalue()
    assert lines.count("[token]") == 4, lines
    assert wrong not in lines
    assert report.token not in lines


def test_failing_receipt_reaches_no_mail_to_administrators(
    report: AccessibilityReport, settings: Any, mailoutbox: list[Any], monkeypatch: Any
) -> None:
    settings.ADMINS = [("Administrator", "admin@example.org")]
    settings.DEBUG = False
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    monkeypatch.setattr(
        "feedback.reports.receipt_views.receipt_html", lambda report: 1 / 0, raising=True
    )
    assert client.get(f"{receipt_path(report)}print/").status_code == 500
    (message,) = mailoutbox
    assert "ZeroDivisionError" in message.body
    assert report.token not in message.body + message.subject
    assert all(report.token not in str(item) for item in message.alternatives)


def test_reports_of_strangers_cannot_be_told_from_none(anybody: Client, db: None) -> None:
    assert anybody.get("/it/feedback/accessibility-report/receipt/").status_code == 404


def test_message_for_the_office_holds_the_files(citizen: Citizen) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    citizen.to_summary(attachment=SimpleUploadedFile("nota.txt", b"Testo")).post("send")
    report = AccessibilityReport.objects.get()
    message: Any = email.message_from_bytes(
        receipt_message(report, for_office=True), policy=policy.default
    )
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("nota.txt", "text/plain")
    assert not list(
        email.message_from_bytes(receipt_message(report), policy=policy.default).iter_attachments()  # type: ignore[attr-defined]
    )


def test_queries(
    path: str, anybody: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    anybody.get(path)
    with django_assert_num_queries(8):
        anybody.get(path)
