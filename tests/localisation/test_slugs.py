"""The addresses of translated pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse
from django.utils import translation as languages
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from centres.models import ProgrammePage
from cms.translated_slugs import proposed_slug, slug_problem
from home.models import HomePage, StandardPage
from tests.editor import Editor
from tests.localisation.translating import publish, said, say, submit
from tests.reading import Reader


@pytest.fixture
def page(db: None) -> StandardPage:
    home = HomePage.objects.get(locale__language_code="it")
    page = StandardPage(title="Chi siamo", slug="chi-siamo", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def translation(page: StandardPage) -> Translation:
    return submit(page, Locale.objects.get(language_code="en"))


@pytest.mark.parametrize(
    ("title", "language", "proposed"),
    [
        ("Family centres", "en", "family-centres"),
        ("Über uns: Wer wir sind", "de", "uber-uns-wer-wir-sind"),
        ("Qui sommes-nous ?", "fr", "qui-sommes-nous"),
        ("Cine suntem și ce facem", "ro", "cine-suntem-si-ce-facem"),
        ("Про нас", "uk", "pro-nas"),
        ("من نحن", "ar", "chi-siamo"),
        ("!", "en", "chi-siamo"),
    ],
)
def test_proposal_is_in_latin_letters(title: str, language: str, proposed: str) -> None:
    assert proposed_slug(title, "chi-siamo", language) == proposed


def test_title_proposes_a_slug_that_the_translator_can_change(translation: Translation) -> None:
    assert said(translation, "slug") is None
    say(translation, "title", "About us")
    proposal = said(translation, "slug")
    assert proposal is not None
    assert proposal.data == "about-us"
    say(translation, "title", "Who we are")
    assert said(translation, "slug").data == "who-we-are"  # type: ignore[union-attr]
    say(translation, "slug", "us")
    say(translation, "title", "We")
    assert said(translation, "slug").data == "us"  # type: ignore[union-attr]
    assert publish(translation).slug == "us"


def test_proposal_is_free(translation: Translation) -> None:
    say(translation, "title", "Legal notes")
    assert said(translation, "slug").data == "legal-notes-1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("About us", "about-us"),
        ("ABOUT", "about"),
        ("über-uns", "uber-uns"),
        ("/", "digits and hyphens"),
        ("legal-notes", "“legal-notes-1” is free"),
    ],
)
def test_bad_slug_is_told_at_its_field(
    editor: Editor, translation: Translation, slug: str, told: str
) -> None:
    """Through the request that the translator's editor makes when a sentence is saved."""
    segment = StringSegment.objects.get(source=translation.source, context__path="slug")
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    with languages.override("en"):
        response = editor.client.put(
            url,
            urlencode({"value": slug}),
            content_type="application/x-www-form-urlencoded",
            headers={"accept-language": "en"},
        )
    assert told in response.json()["error"]
    assert publish(translation).slug == "chi-siamo", "a bad slug is not used"


def test_own_slug_is_no_problem(translation: Translation) -> None:
    made = translation.get_target_instance()
    assert slug_problem(made.slug, made) == ""
    assert slug_problem("anything", None) == ""


def follow(reader: Reader, path: str) -> tuple[int, str]:
    response = reader.get(path)
    return response.status_code, response.get("Location", "")


def resolve(reader: Reader, path: str) -> Any:
    return reader.json(f"/api/v1/paths?path={quote(path, safe='')}")


def test_changed_slug_of_a_translation_leaves_a_redirect(
    reader: Reader, translation: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    say(translation, "title", "About us")
    publish(translation)
    assert follow(reader, "/en/about-us/") == (200, "")
    with django_capture_on_commit_callbacks(execute=True):
        say(translation, "slug", "who-we-are")
        publish(translation)
    assert follow(reader, "/en/about-us/") == (301, "/en/who-we-are/")
    assert follow(reader, "/en/who-we-are/") == (200, "")
    answer = resolve(reader, "/en/about-us/")
    assert answer["type"] == "redirect"
    assert answer["location"].endswith("/en/who-we-are/")
    assert resolve(reader, "/en/who-we-are/")["locale"] == "en"


def test_changed_slug_of_a_source_leaves_a_redirect_and_the_translation_where_it_is(
    reader: Reader,
    page: StandardPage,
    translation: Translation,
    django_capture_on_commit_callbacks: Any,
) -> None:
    say(translation, "title", "About us")
    publish(translation)
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "noi"
        page.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation.refresh_from_db()
    publish(Translation.objects.get(source=source))
    assert follow(reader, "/it/chi-siamo/") == (301, "/it/noi/")
    assert resolve(reader, "/it/chi-siamo/")["location"].endswith("/it/noi/")
    assert follow(reader, "/en/about-us/") == (200, "")
    kept = said(translation, "slug")
    assert kept is not None
    assert kept.data == "about-us"


def test_changed_slug_of_a_programme_takes_its_centres_along(
    reader: Reader, django_capture_on_commit_callbacks: Any
) -> None:
    programme = ProgrammePage.objects.get(locale__language_code="en")
    with django_capture_on_commit_callbacks(execute=True):
        programme.slug = "centres"
        programme.save_revision().publish()
    assert follow(reader, "/en/family-centres/saronno/") == (301, "/en/centres/saronno/")
    assert follow(reader, "/it/centri-per-le-famiglie/saronno/") == (200, "")


def test_ids_are_the_same_in_every_language(reader: Reader) -> None:
    italian, english = reader.everything("it"), reader.everything("en")
    assert italian.keys() == english.keys()
    for key, item in italian.items():
        assert english[key]["url"] == item["url"]
        blocks = [block["id"] for block in item.get("activities", item.get("body", []))]
        others = [block["id"] for block in english[key].get("activities", item.get("body", []))]
        assert blocks == others
