"""Which languages content may be in, and what happens when one is added."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale

from cms import checks, content_languages
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry
from tests.editor import Editor
from tests.localisation.translating import add_locale
from tests.processes import ROOT, environment
from tests.reading import Follower, Reader

SHIPPED = ["it", "en", "de", "fr", "es", "ro", "sq", "uk", "ar"]


def test_nine_languages_are_shipped_and_two_are_served(db: None) -> None:
    assert content_languages.configured() == SHIPPED
    assert content_languages.served() == ["it", "en"]


def test_the_setting_comes_from_the_environment(tmp_path: Any) -> None:
    env = environment(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path)
    env["CONTENT_LANGUAGES"] = "it, fr"
    program = (
        "from django.conf import settings;"
        "print(settings.LANGUAGE_CODE, [code for code, name in settings.LANGUAGES])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "it ['it', 'fr']"


@pytest.mark.parametrize("codes", [["it", "fr"], ["en", "it"]])
def test_demonstration_needs_its_languages(db: None, settings: Any, codes: list[str]) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in codes]
    with pytest.raises(CommandError, match="CONTENT_LANGUAGES"):
        call_command("load_demo")


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["it", "xx"], ["'xx' is no language that Django knows."]),
        (["it", "italiano"], ["'italiano' is no language that Django knows."]),
        (["it", "en", "en"], ["'en' is named 2 times."]),
        (["en", "it"], ["The first language, 'en', is not that of the sources, 'it'."]),
        ([], ["No language is named."]),
        (SHIPPED, []),
        (["it", "pt-br", "zh-hans"], []),
    ],
)
def test_wrong_codes_are_refused(settings: Any, codes: list[str], told: list[str]) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in codes]
    found = checks.check_content_languages()
    assert {error.id for error in found} <= {"family_cms.E010"}
    assert [error.msg.partition("used: ")[2] for error in found] == told


def test_added_language_has_a_fallback_of_every_object(reader: Reader) -> None:
    italian = reader.everything("it")
    assert reader.get("/api/v1/centres?locale=de").status_code == 400
    follower = Follower(reader, locale="en")
    follower.catch_up()
    add_locale("de")
    german = reader.everything("de")
    assert german.keys() == italian.keys()
    for key, item in german.items():
        assert (item["locale"], item["title"]) == ("de", italian[key]["title"])
        official = key[0] in {"organisations", "districts"}
        assert item["is_fallback"] is not official, "an official name is in no language"
    assert follower.catch_up() == []
    codes = [item["code"] for item in reader.json("/api/v1/locales")["items"]]
    assert codes == ["it", "en", "de"]
    assert reader.get("/api/v1/centres", accept_language="de")["Content-Language"] == "de"
    assert reader.get("/api/v1/changes?locale=de").status_code == 200


def test_language_is_added_in_the_admin(editor: Editor, reader: Reader) -> None:
    form = editor.client.get(reverse("wagtaillocales:add"), headers={"accept-language": "it"})
    text = form.content.decode()
    assert form.status_code == 200
    for name in ("tedesco", "rumeno", "albanese", "ucraino", "arabo"):
        assert name in text.lower(), name
    data = {"language_code": "sq", "component-wagtail_localize_localesynchronization-enabled": ""}
    response = editor.client.post(reverse("wagtaillocales:add"), data)
    assert response.status_code == 302, response.content[:500]
    drain_all()
    assert Entry.objects.filter(locale="sq", deleted=False).exists()
    assert "sq" in [item["code"] for item in reader.json("/api/v1/locales")["items"]]


def test_added_language_answers_below_its_prefix(reader: Reader) -> None:
    assert reader.get("/de/").status_code == 404
    add_locale("de")
    page = reader.page("/de/")
    assert page.html is not None
    assert (page.html["lang"], page.html["dir"]) == ("de", "ltr")
    assert len(page.select('[data-element="fallback-notice"]')) == 1
    deep = reader.page("/de/centri-per-le-famiglie/saronno/")
    assert deep.select_one("link[rel=canonical]")["href"].endswith(  # type: ignore[index]
        "/it/centri-per-le-famiglie/saronno/"
    )


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("de", "/it/"), ("de, en;q=0.5", "/en/"), ("en", "/en/"), ("", "/it/"), ("xx, *", "/it/")],
)
def test_reader_is_led_to_a_language_that_is_served(
    reader: Reader, accepted: str, home: str
) -> None:
    response = reader.get("/", accept_language=accepted)
    assert (response.status_code, response["Location"]) == (302, home)
    missing = reader.get("/de/", accept_language=accepted)
    assert missing.status_code == 404
    assert f'href="{home}"' in missing.content.decode()


def test_admin_speaks_its_own_languages(editor: Editor) -> None:
    Locale.objects.create(language_code="ar")
    text = editor.client.get("/admin/", headers={"accept-language": "ar"}).content.decode()
    assert re.search(r'<html[^>]* lang="it"', text)


def test_served_languages_are_read_once(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        reader.json("/api/v1/locales")
    Locale.objects.create(language_code="fr")
    with django_assert_num_queries(1):
        reader.json("/api/v1/locales")
    with django_assert_num_queries(0):
        reader.json("/api/v1/locales")


def test_language_added_by_another_process_is_noticed_when_it_is_asked_for(reader: Reader) -> None:
    Locale.objects.bulk_create([Locale(language_code="fr")])
    assert content_languages.served() == ["it", "en"]
    assert reader.get("/api/v1/centres?locale=fr").status_code == 200
    assert content_languages.served() == ["it", "en", "fr"]


@pytest.mark.parametrize(
    ("code", "words"), [("it", "it"), ("en", "en"), ("en-gb", "en"), ("ar", "it"), ("de", "it")]
)
def test_words_around_content_have_a_catalogue(code: str, words: str) -> None:
    assert content_languages.interface_language(code) == words


def test_source_without_a_catalogue_is_surrounded_by_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "pt"
    assert content_languages.interface_language("ar") == "en"


def test_page_knows_its_language_beside_that_of_its_words() -> None:
    with translation.override("en"), content_languages.page_in("ar"):
        assert (content_languages.page_language(), translation.get_language()) == ("ar", "it")
    assert content_languages.page_language() == translation.get_language()


def test_list_is_read_again_after_a_while(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Locale.objects.bulk_create([Locale(language_code="fr")])
    assert content_languages.served() == ["it", "en"]
    monkeypatch.setattr(content_languages, "KEPT_FOR", -1)
    assert content_languages.served() == ["it", "en", "fr"]
