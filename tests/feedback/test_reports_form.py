"""The form in four steps, as a browser without script and without cookies uses it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.delivery.drain import drain_all
from cms.delivery.models import Entry
from feedback.reports import state
from feedback.reports.models import AccessibilityReport
from tests.editor import Editor
from tests.feedback.sending import FORM, WORDS, Citizen
from tests.reading import Reader

PAGE = "/it/centri-per-le-famiglie/"


def test_every_page_leads_to_the_form_with_its_address(reader: Reader, citizen: Citizen) -> None:
    link = reader.page(PAGE).select_one("#accessibility-report a")
    assert link is not None
    citizen.open(str(link["href"]))
    assert citizen.fields()["page"].endswith(PAGE)
    english = reader.page("/en/family-centres/").select_one("#accessibility-report a")
    assert english is not None
    assert str(english["href"]).startswith("/en/")


def test_four_steps_end_in_a_receipt(citizen: Citizen) -> None:
    citizen.open(page=PAGE)
    assert citizen.step == "privacy"
    citizen.post(privacy="on")
    assert citizen.step == "data"
    citizen.post(**WORDS)
    assert citizen.step == "send"
    citizen.post("send")
    assert citizen.response.status_code == 303
    report = AccessibilityReport.objects.get()
    for field in WORDS:
        assert getattr(report, field) == WORDS[field], field
    assert report.page_address.endswith(PAGE)
    page = Entry.objects.get(html_path=PAGE, locale="it")
    assert (report.page_public_id, report.page_locale) == (page.public_id, "it")
    assert report.page_title == "Centri per le Famiglie"
    assert not citizen.client.cookies


def test_summary_shows_every_word_and_the_title_of_the_page(citizen: Citizen) -> None:
    citizen.to_summary()
    shown = citizen.soup.select_one("main dl")
    assert shown is not None
    text = shown.get_text()
    for field in ("description", "part_of_page", "assistive_technology", "browser", "email"):
        assert WORDS[field] in text
    assert "Centri per le Famiglie" in text


def test_correcting_goes_back_with_every_word(citizen: Citizen) -> None:
    citizen.to_summary().post("edit")
    assert citizen.step == "data"
    assert WORDS.items() <= citizen.fields().items()
    assert not citizen.faults()


def test_without_the_notice_read_no_step_is_taken(citizen: Citizen) -> None:
    citizen.open(page=PAGE).post()
    assert citizen.response.status_code == 422
    assert citizen.step == "privacy"
    assert len(citizen.faults()) == 1
    citizen.post(privacy="on").post(**WORDS)
    citizen.post("send", privacy=None)
    assert citizen.step == "privacy"
    citizen.post(privacy="on")
    assert WORDS.items() <= citizen.fields().items()
    assert not AccessibilityReport.objects.exists()


def test_everything_empty_names_each_field_and_links_to_it(citizen: Citizen) -> None:
    citizen.open().post(privacy="on").post()
    assert citizen.response.status_code == 422
    links = [link["href"] for link in citizen.soup.select(".fc-faults a")]
    assert links == ["#report-kind", "#report-page", "#report-description", "#report-email"]
    for link in links:
        assert citizen.soup.select_one(str(link)) is not None
    for name in ("page", "description", "email"):
        field = citizen.soup.select_one(f"#report-{name}")
        assert field is not None
        assert field["aria-invalid"] == "true"
        described = str(field["aria-describedby"]).split()
        assert f"report-{name}_error" in described
        for name_of_text in described:
            assert citizen.soup.select_one(f"#{name_of_text}") is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", "x" * 5001),
        ("part_of_page", "x" * 301),
        ("name", "x" * 201),
        ("page", f"/{'x' * 2000}"),
        ("email", "no address"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("kind", "other"),
        ("description", "a \x00 b"),
        ("description", " \n "),
    ],
)
def test_bad_input_is_named_and_every_other_word_kept(
    citizen: Citizen, field: str, value: str
) -> None:
    citizen.open(page=PAGE).post(privacy="on").post(**{**WORDS, field: value})
    assert citizen.response.status_code == 422
    assert len(citizen.faults()) == 1
    kept = citizen.fields()
    for name, text in WORDS.items():
        if name != field:
            assert kept[name] == text
    if field not in ("kind", "description", "email"):
        assert kept[field] == value
    citizen.post("send", **{field: value})
    assert not AccessibilityReport.objects.exists()


def test_longest_input_is_stored_whole(citizen: Citizen) -> None:
    long = {
        "description": "è\n" * 2500,
        "part_of_page": "x" * 300,
        "name": "x" * 200,
        "browser": "x" * 200,
        "assistive_technology": "x" * 200,
    }
    citizen.to_summary(**{**long, "description": long["description"].strip() + "."}).post("send")
    assert citizen.response.status_code == 303
    report = AccessibilityReport.objects.get()
    assert len(report.description) == 5000
    assert report.name == long["name"]


def test_line_breaks_of_browsers_count_as_one_character(citizen: Citizen) -> None:
    citizen.to_summary(description="a\r\n" * 2499 + "bc").post("send")
    assert citizen.response.status_code == 303
    assert AccessibilityReport.objects.get().description == "a\n" * 2499 + "bc"


def test_hostile_words_are_shown_as_words(citizen: Citizen) -> None:
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}\"'"
    citizen.to_summary(description=hostile, name=hostile)
    assert not citizen.soup.select("main script")
    citizen.post("send")
    receipt = citizen.client.get(citizen.response.url)
    assert b"<script>alert" not in receipt.content
    assert AccessibilityReport.objects.get().description == hostile


def test_reply_needs_an_address_unless_none_is_wanted(citizen: Citizen) -> None:
    citizen.open(page=PAGE).post(privacy="on").post(**{**WORDS, "email": ""})
    assert citizen.response.status_code == 422
    citizen.post(no_reply="on").post("send")
    report = AccessibilityReport.objects.get()
    assert (report.email, report.reply_wanted) == ("", False)


def test_double_submission_is_one_report(citizen: Citizen) -> None:
    citizen.to_summary()
    data = {**citizen.fields(), "step": "send"}
    first = citizen.client.post(FORM, data)
    second = citizen.client.post(FORM, data)
    assert first.status_code == second.status_code == 303
    assert first.url == second.url
    assert AccessibilityReport.objects.count() == 1


def test_same_form_with_other_words_is_another_report(citizen: Citizen) -> None:
    """Who goes back and adds something loses nothing of it."""
    citizen.to_summary()
    data = {**citizen.fields(), "step": "send"}
    first = citizen.client.post(FORM, data)
    second = citizen.client.post(FORM, {**data, "description": "Altro."})
    assert first.url != second.url
    assert AccessibilityReport.objects.count() == 2


@pytest.mark.parametrize("sign", ["", "forged", "eyJrZXkiOiIxIn0:1tQ:abc"])
def test_lost_or_forged_state_keeps_every_word_and_asks_again(citizen: Citizen, sign: str) -> None:
    citizen.to_summary().post("send", state=sign)
    assert citizen.response.status_code == 422
    assert citizen.step == "send"
    assert citizen.message()
    assert WORDS.items() <= citizen.fields().items()
    citizen.post("send")
    assert citizen.response.status_code == 303


def test_form_of_yesterday_without_cookies_is_taken(citizen: Citizen, settings: Any) -> None:
    """There is no session that could expire."""
    citizen.to_summary()
    fields = citizen.fields()
    kept = state.FormState.read(fields["state"])
    assert kept is not None
    other = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    old = state.FormState(kept.key, kept.began - 86400 * 30, kept.page, kept.page_public_id)
    response = other.post(FORM, {**fields, "state": old.signed(), "step": "send"})
    assert response.status_code == 303


def test_trap_and_haste_lose_no_word(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen = Citizen()
    citizen.to_summary().post("send")
    assert (citizen.response.status_code, citizen.step) == (422, "send")
    assert "veloce" in citizen.message() or "faster" in citizen.message()
    monkeypatch.setattr(state, "SHORTEST", 0.0)
    citizen.post("send", website="https://example.org")
    assert (citizen.response.status_code, citizen.step) == (422, "send")
    assert not AccessibilityReport.objects.exists()
    assert WORDS.items() <= citizen.fields().items()
    citizen.post("send")
    assert citizen.response.status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/it/",
        "//evil.example/it/",
        "javascript:alert(1)",
        "/\\evil.example",
        "http://127.0.0.1:99999/",
        "https://user@127.0.0.1@evil.example/",
        "http://[::1",
        "/it/\u202egnp",
        "\x00",
        "x" * 5000,
    ],
)
def test_foreign_address_is_not_taken_from_a_link(citizen: Citizen, address: str) -> None:
    citizen.open(page=address)
    assert citizen.fields().get("page", "") == ""


def test_foreign_address_that_is_typed_stays_text(citizen: Citizen) -> None:
    citizen.to_summary(page="https://evil.example/x").post("send")
    report = AccessibilityReport.objects.get()
    assert report.page_address == "https://evil.example/x"
    assert report.page_public_id is None
    receipt = citizen.client.get(citizen.response.url)
    assert b'href="https://evil.example' not in receipt.content


def test_own_address_is_taken_whole_and_without_its_query(citizen: Citizen) -> None:
    citizen.open(page=f"http://127.0.0.1{PAGE}?name=secret#x")
    assert citizen.fields()["page"].endswith(PAGE)


def test_page_that_is_deleted_meanwhile_stays_named(citizen: Citizen, editor: Editor) -> None:
    from home.models import StandardPage

    page = StandardPage.objects.get(slug="note-legali")
    public_id = page.translation_key
    citizen.open(page="/it/note-legali/").post(privacy="on")
    editor.delete(page)
    drain_all()
    citizen.post(**WORDS).post("send")
    report = AccessibilityReport.objects.get()
    assert report.page_public_id == public_id
    assert report.page_title == "Note legali"
    again = Citizen().open(page="/it/note-legali/")
    assert again.fields()["page"].endswith("/it/note-legali/")
    again.post(privacy="on").post(**WORDS).post("send")
    later = AccessibilityReport.objects.exclude(pk=report.pk).get()
    assert later.page_address.endswith("/it/note-legali/")
    assert later.page_public_id is None


def test_too_many_reports_are_refused_with_every_word(citizen: Citizen, settings: Any) -> None:
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "REPORT_RATE_LIMIT": "2/hour"}
    for number in range(3):
        citizen.to_summary(description=f"Numero {number}").post("send")
    assert citizen.response.status_code == 429
    assert int(citizen.response["Retry-After"]) > 0
    assert citizen.fields()["description"] == "Numero 2"
    assert AccessibilityReport.objects.count() == 2


def test_pages_of_the_form_are_private(citizen: Citizen) -> None:
    citizen.to_summary()
    headers = citizen.response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]


def test_body_that_is_too_large_leads_back(citizen: Citizen) -> None:
    citizen.open(page=PAGE).post(privacy="on").post(**{**WORDS, "description": "x" * 3_000_000})
    assert citizen.response.status_code == 413
    assert citizen.response["Cache-Control"] == "no-store"
    response = citizen.client.post(
        FORM, b"", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH="99999999999"
    )
    assert response.status_code == 413


def test_queries(citizen: Citizen, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    citizen.open(page=PAGE)
    with django_assert_num_queries(5):
        citizen.open(page=PAGE)
    with django_assert_num_queries(3):
        citizen.post(privacy="on")
    with django_assert_num_queries(3):
        citizen.post(**WORDS)
    with django_assert_num_queries(16):
        citizen.post("send")


def test_other_methods_are_refused(anybody: Client) -> None:
    assert anybody.put(FORM).status_code == 405
    assert anybody.head(FORM).status_code == 200
