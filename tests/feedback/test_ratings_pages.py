"""Rating a page as its readers do, without JavaScript: the component, two steps, thanks."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from cms.delivery import rounds
from cms.http.rate_limits import _counter
from feedback.models import DailySalt, Rating
from feedback.ratings import marks, tickets, views
from feedback.ratings.marks import forget_marks
from tests.processes import ROOT
from tests.reading import Reader

PAGE = "/it/centri-per-le-famiglie/saronno/"
FORM = "/it/feedback/rating/"
NEGATIVE = [
    "A volte le indicazioni non erano chiare",
    "A volte le indicazioni non erano complete",
    "A volte non capivo se stavo procedendo correttamente",
    "Ho avuto problemi tecnici",
    "Altro",
]
POSITIVE = [
    "Le indicazioni erano chiare",
    "Le indicazioni erano complete",
    "Capivo sempre che stavo procedendo correttamente",
    "Non ho avuto problemi tecnici",
    "Altro",
]


@pytest.fixture(autouse=True)
def _today_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A salt that is kept in memory does not outlive the transaction of its test."""
    monkeypatch.setattr(marks, "_kept", None)
    monkeypatch.setattr(views, "HURRY", 0)


def send(client: Client, headers: dict[str, str] | None = None, **values: str) -> Any:
    return client.post(FORM, {"page": PAGE, **values}, headers=headers or {})


def fields(response: Any) -> dict[str, str]:
    """What the form of a page holds, as a browser would send it."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.select_one(".fc-rating form")
    assert form is not None, soup.get_text()[:500]
    found = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") == "radio" and not field.has_attr("checked"):
            continue
        value = (
            field.get_text().removeprefix("\n")
            if field.name == "textarea"
            else field.get("value", "")
        )
        found[str(field["name"])] = str(value)
    return found


def begin(client: Client, **values: str) -> dict[str, str]:
    response = send(client, **values)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    hidden = {str(i["name"]): str(i["value"]) for i in soup.select("form input[type=hidden]")}
    assert hidden["ticket"]
    return hidden


def finish(client: Client, hidden: dict[str, str], **values: str) -> Any:
    return client.post(FORM, {**hidden, **values})


@pytest.mark.parametrize(
    "path", ["/it/", PAGE, "/it/informativa-privacy/", "/it/centri-per-le-famiglie/"]
)
def test_component_has_the_national_texts(reader: Reader, path: str) -> None:
    page = reader.page(path)
    (box,) = page.select('[data-element="feedback"]')

    def texts(selector: str) -> list[str]:
        return [" ".join(found.get_text().split()) for found in box.select(selector)]

    assert texts('[data-element="feedback-title"]') == [
        "Quanto sono chiare le informazioni su questa pagina?"
    ]
    assert "Valuta da 1 a 5 stelle la pagina" in texts("legend")
    for number in range(1, 6):
        assert texts(f'label[data-element="feedback-rate-{number}"]') == [
            f"Valuta {number} stelle su 5"
        ]
    assert len(box.select('[data-element^="feedback-rate-"]')) == 5
    for kind, question, answers in (
        ("negative", "Dove hai incontrato le maggiori difficoltà?", NEGATIVE),
        ("positive", "Quali sono stati gli aspetti che hai preferito?", POSITIVE),
    ):
        inside = f'[data-element="feedback-rating-{kind}"] [data-element="feedback-rating'
        assert texts(f'{inside}-question"]') == [question]
        assert texts(f'{inside}-answer"]') == answers
    assert box.select_one('[data-element="feedback-input-text"][maxlength="200"]')
    assert "Inserire massimo 200 caratteri" in box.get_text()
    assert "Grazie, il tuo parere ci aiuterà a migliorare il servizio!" in box.get_text()


def test_a_page_that_is_read_sets_no_cookie_and_may_be_kept(reader: Reader) -> None:
    """What it costs in queries is counted in ``tests/test_pages.py``; it is what it was before."""
    response = reader.get(PAGE)
    assert not response.cookies
    assert reader.get(PAGE).content == response.content
    assert b"csrf" not in response.content


def test_script_and_style_have_six_kilobytes_at_most() -> None:
    files = list((ROOT / "feedback" / "static" / "feedback").glob("rating.*"))
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) <= 6000


def test_two_steps_and_thanks(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = reader.client
    hidden = begin(client, stars="2", negative="incomplete", positive="clear")
    response = finish(client, hidden, comment="Manca l'orario\r\ndel sabato")
    assert response.status_code == 303
    assert not response.cookies
    rating = Rating.objects.get()
    centre = Page.objects.get(slug="saronno", locale__language_code="it")
    assert (rating.public_id, rating.locale) == (centre.translation_key, "it")
    assert (rating.title, rating.path) == (centre.title, PAGE)
    assert (rating.revision, rating.revised) == (
        centre.live_revision_id,
        centre.last_published_at,
    )
    assert (rating.stars, rating.answer) == (2, "incomplete")
    assert rating.comment == "Manca l'orario\ndel sabato"
    assert (rating.channel, rating.is_fallback, rating.is_spam) == ("site", False, False)
    assert (rating.hour.minute, rating.hour.second, rating.hour.microsecond) == (0, 0, 0)
    thanks = BeautifulSoup(client.get(response["Location"]).content, "html.parser")
    assert "Grazie, il tuo parere" in thanks.h1.get_text()  # type: ignore[union-attr]
    assert thanks.select(f'main a[href="{PAGE}"]')
    second = begin(client, stars="5")
    with django_assert_num_queries(4):
        finish(client, second)


def test_a_form_sent_twice_is_one_rating(reader: Reader) -> None:
    hidden = begin(reader.client, stars="4", positive="clear")
    finish(reader.client, hidden, comment="first")
    finish(reader.client, hidden, comment="corrected")
    assert Rating.objects.get().comment == "corrected"


def test_a_repeated_rating_is_stored_and_marked(reader: Reader) -> None:
    for stars in ("5", "1"):
        finish(reader.client, begin(reader.client, stars=stars))
    other = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="192.0.2.1")
    finish(other, begin(other, stars="3"))
    assert list(Rating.objects.order_by("pk").values_list("stars", "is_repeat")) == [
        (5, False),
        (1, True),
        (3, False),
    ]
    assert Rating.objects.counted().count() == 2


def test_marks_are_empty_when_the_day_is_over(reader: Reader) -> None:
    finish(reader.client, begin(reader.client, stars="5"))
    assert Rating.objects.get().mark
    assert "127.0.0.1" not in str(Rating.objects.values().get())
    assert forget_marks() == 0
    Rating.objects.update(hour=timezone.now() - timedelta(days=1))
    DailySalt.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert forget_marks() == 1
    assert not DailySalt.objects.exists()
    assert Rating.objects.get().mark == ""


def test_worker_forgets_without_being_told(reader: Reader) -> None:
    finish(reader.client, begin(reader.client, stars="5"))
    Rating.objects.update(hour=timezone.now() - timedelta(days=1))
    assert rounds._rounds["marks and keys of days that are over"].run() is False
    assert Rating.objects.get().mark == ""


@pytest.mark.parametrize("stars", ["", "0", "6", "x", "3.5", "-1"])
def test_stars_that_are_none_are_refused_and_nothing_is_lost(reader: Reader, stars: str) -> None:
    response = send(reader.client, stars=stars, negative="unclear", comment="typed <b>before</b>")
    assert response.status_code == 422
    assert "Scegli da una a cinque stelle." in response.content.decode()
    kept = fields(response)
    assert (kept["negative"], kept["comment"]) == ("unclear", "typed <b>before</b>")
    assert b"<b>before</b>" not in response.content
    assert not Rating.objects.exists()


def test_an_answer_to_the_other_question_is_refused(reader: Reader) -> None:
    response = send(reader.client, stars="1", negative="clear")
    assert response.status_code == 422
    assert "Scegli una delle risposte." in response.content.decode()


def test_a_comment_that_is_too_long_comes_back_whole(reader: Reader) -> None:
    hidden = begin(reader.client, stars="5")
    response = finish(reader.client, hidden, comment="è" * 201)
    assert response.status_code == 422
    assert fields(response)["comment"] == "è" * 201
    mended = {**fields(response), "comment": "è" * 200}
    assert reader.client.post(FORM, mended).status_code == 303
    assert Rating.objects.get().comment == "è" * 200


def test_who_goes_back_finds_what_was_chosen(reader: Reader) -> None:
    hidden = begin(reader.client, stars="2", negative="other")
    response = finish(reader.client, hidden, comment="half a senten", back="1")
    kept = fields(response)
    assert (kept["stars"], kept["negative"], kept["comment"]) == ("2", "other", "half a senten")


def test_a_ticket_that_is_too_old_loses_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = begin(reader.client, stars="2", negative="other")
    monkeypatch.setattr(tickets, "LASTS", -1)
    response = finish(reader.client, hidden, comment="typed")
    assert response.status_code == 200
    assert "È passato troppo tempo" in response.content.decode()
    assert fields(response)["comment"] == "typed"
    monkeypatch.undo()
    assert reader.client.post(FORM, fields(response)).status_code == 303


def test_a_page_deleted_meanwhile_keeps_its_rating(reader: Reader) -> None:
    hidden = begin(reader.client, stars="2")
    Page.objects.get(slug="saronno", locale__language_code="it").delete()
    assert finish(reader.client, hidden).status_code == 303
    assert Rating.objects.get().path == PAGE
    gone = send(reader.client, stars="2", comment="typed")
    assert gone.status_code == 404
    assert "typed" in gone.content.decode()


@pytest.mark.parametrize(
    "page", ["", "x", "/it/nothing/", "//evil.example/", "/admin/", "/it/\x00/", "/" + "a" * 5000]
)
def test_an_address_that_is_no_page_is_not_rated(reader: Reader, page: str) -> None:
    assert send(reader.client, page=page, stars="3").status_code == 404


@pytest.mark.parametrize(
    "headers", [{"origin": "https://other.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_of_another_website_is_refused(reader: Reader, headers: dict[str, str]) -> None:
    assert send(reader.client, headers, stars="5").status_code == 403


def test_what_only_a_program_does_is_stored_as_spam(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(reader.client, begin(reader.client, stars="5"), nickname="http://buy.example")
    assert Rating.objects.get().is_spam
    monkeypatch.setattr(views, "HURRY", 60)
    finish(reader.client, begin(reader.client, stars="5"))
    assert Rating.objects.filter(is_spam=True).count() == 2
    assert not Rating.objects.counted().exists()


def test_too_many_are_refused_with_all_that_was_typed(reader: Reader, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "POST_RATE_LIMIT": "1/day"}
    _counter.cache_clear()
    finish(reader.client, begin(reader.client, stars="5"))
    response = finish(reader.client, begin(reader.client, stars="4"), comment="typed")
    _counter.cache_clear()
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert fields(response)["comment"] == "typed"


def test_a_body_that_is_too_large_is_not_read(reader: Reader) -> None:
    assert send(reader.client, stars="5", comment="x" * 40_000).status_code == 413


def test_script_is_answered_in_json(reader: Reader) -> None:
    asked = {"accept": "application/json"}
    ticket = send(reader.client, asked, stars="5").json()["ticket"]
    done = send(reader.client, asked, stars="5", ticket=ticket)
    assert (done.status_code, done.json()) == (201, {"stored": True})
    assert send(reader.client, asked, stars="9").json()["errors"].keys() == {"stars"}


@pytest.mark.parametrize("ticket", ["x", "x" * 5000, "a:b:c"])
def test_a_forged_ticket_is_none(reader: Reader, ticket: str) -> None:
    response = send(reader.client, stars="5", ticket=ticket)
    assert response.status_code == 200
    assert not Rating.objects.exists()


def test_age_of_a_ticket_is_that_since_the_first_step(reader: Reader) -> None:
    before = time.time()
    ticket = tickets.read(begin(reader.client, stars="5")["ticket"])
    assert 0 <= ticket.age <= time.time() - before + 0.1
