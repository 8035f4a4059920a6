"""A sentence that nobody translated says, in a translated page, which language it is in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringSegment, StringTranslation

from centres.models import CentrePage
from cms.delivery import resources
from cms.delivery.drain import add_pending, drain, drain_all
from cms.delivery.projection import project
from cms.delivery.reads import Reads
from tests.localisation.translated_centre import english
from tests.localisation.translating import publish, say, submit
from tests.reading import Reader

H1, H2 = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
A1, P1, L1 = (f"33333333-3333-4333-8333-33333333333{n}" for n in range(3))


@pytest.fixture
def source(db: None) -> CentrePage:
    """A centre with two of each: one is translated in the tests, the other is not."""
    page = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    page.summary = "In parole povere."
    page.body = json.dumps(
        [
            {"type": "heading", "id": H1, "value": {"text": "Prima voce", "level": "h2"}},
            {"type": "heading", "id": H2, "value": {"text": "Seconda voce", "level": "h2"}},
            {"type": "paragraph", "id": P1, "value": "<p>Resta <b>qui</b>.</p><p>Si legge.</p>"},
            {
                "type": "callout",
                "id": A1,
                "value": {"kind": "note", "title": "Avviso", "text": "<p>Da sapere.</p>"},
            },
        ]
    )
    activity = page.activities[0].value
    activity["title"] = "Lettura insieme"
    activity["note"] = "Portare un cuscino."
    page.save_revision().publish()
    CentrePage.objects.filter(slug="me-te", locale__language_code="en").delete()
    drain_all()
    return CentrePage.objects.get(pk=page.pk)


@pytest.fixture
def translation(source: CentrePage) -> Any:
    found = submit(source, english())
    block = source.activities[0].id
    say(found, f"body.{H1}.text", "First entry")
    say(found, f"activities.{block}.note", "Bring a cushion.")
    _say_sentence(found, "Si legge.", "We read.")
    return found


def _say_sentence(translation: Any, sentence: str, words: str) -> None:
    segment = StringSegment.objects.get(source=translation.source, string__data=sentence)
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=words,
        translation_type="manual",
    )


def _page(reader: Reader, page: CentrePage) -> BeautifulSoup:
    return reader.page(f"/en/{page.url_path.split('/', 2)[2]}")


def _language(page: BeautifulSoup, text: str, within: str = "main") -> str:
    (holder,) = (
        tag
        for tag in page.select(f"{within} *")
        if tag.get_text().strip() == text
        and not any(isinstance(c, Tag) and c.name != "b" for c in tag)
        and tag.name != "b"
    )
    return next(str(tag["lang"]) for tag in (holder, *holder.parents) if tag.get("lang"))


def test_each_sentence_says_its_language(
    reader: Reader, source: CentrePage, translation: Any
) -> None:
    page = _page(reader, publish(translation))
    languages = {
        text: _language(page, text)
        for text in (
            "In parole povere.",
            "First entry",
            "Seconda voce",
            "Resta qui.",
            "We read.",
            "Avviso",
            "Da sapere.",
            "Lettura insieme",
            "Bring a cushion.",
        )
    }
    assert languages == {
        "In parole povere.": "it",
        "First entry": "en",
        "Seconda voce": "it",
        "Resta qui.": "it",
        "We read.": "en",
        "Avviso": "it",
        "Da sapere.": "it",
        "Lettura insieme": "it",
        "Bring a cushion.": "en",
    }
    assert page.select_one("[data-fact=summary]")["lang"] == "it"  # type: ignore[index]


def test_api_names_the_texts(reader: Reader, source: CentrePage, translation: Any) -> None:
    publish(translation)
    key = str(source.translation_key)
    (centre,) = (item for item in reader.items("centres", "en") if item["id"] == key)
    assert centre["text_languages"] == {"text": "it"}
    assert (centre["language"], centre["is_fallback"]) == ("en", False)
    (activity, *_others) = (
        item for item in reader.items("activities", "en") if item["centre"]["id"] == key
    )
    assert activity["title_language"] == activity["text_languages"]["title"] == "it"
    assert "note" not in activity["text_languages"]
    (centre,) = (item for item in reader.items("centres", "it") if item["id"] == key)
    assert "text_languages" not in json.dumps(centre)
    assert "lang=" not in json.dumps(centre["body"])


def test_mark_goes_with_the_translation(
    reader: Reader, source: CentrePage, translation: Any
) -> None:
    publish(translation)
    say(translation, "summary", "In plain words.")
    _say_sentence(translation, "Resta <b>qui</b>.", "It stays <b>here</b>.")
    page = _page(reader, publish(translation))
    assert _language(page, "In plain words.") == "en"
    assert _language(page, "It stays here.") == "en"


def test_words_that_are_those_of_the_source_are_a_translation(
    reader: Reader, source: CentrePage, translation: Any
) -> None:
    say(translation, "summary", source.summary)
    page = _page(reader, publish(translation))
    assert _language(page, source.summary) == "en"


def test_publication_builds_after_it_was_kept(
    reader: Reader,
    source: CentrePage,
    translation: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """No worker is waited for."""
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        target.get_latest_revision().publish()
    target.refresh_from_db()
    assert _language(_page(reader, target), "In parole povere.") == "it"


def test_new_sentence_of_the_source_is_marked(
    reader: Reader,
    source: CentrePage,
    translation: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    say(translation, "summary", "In plain words.")
    target = publish(translation)
    source.summary = "In parole nuove."
    with django_capture_on_commit_callbacks(execute=True):
        source.save_revision().publish()
    drain_all()
    target.refresh_from_db()
    assert _language(_page(reader, target), "In parole nuove.") == "it"


def _asked(run: Any) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        run()
    names = ("publishedsentence", "stringsegment")
    return [q["sql"] for q in queries if any(name in q["sql"] for name in names)]


def test_chunk_asks_twice_and_a_source_never(source: CentrePage, translation: Any) -> None:
    publish(translation)
    keys = CentrePage.objects.filter(locale__language_code="en", live=True)[:10]
    add_pending({("centres", page.translation_key, "en") for page in keys})
    assert len(_asked(drain)) == 2
    centres = resources.get("centres")
    assert _asked(lambda: project(centres, source.translation_key, "it", Reads())) == []
