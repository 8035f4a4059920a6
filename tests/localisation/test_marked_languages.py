"""Every word of a page stands in an element that says which language it is in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail.models import Locale

from centres.models import ActivityType, CentrePage, LegalReference, ProgrammePage
from cms.delivery.drain import drain_all
from tests.localisation.arabic import is_arabic, make_arabic_site
from tests.localisation.translating import add_locale, publish, submit
from tests.reading import Reader

SARONNO = "Centro per la Famiglia di Saronno"


def language_of(element: Tag | NavigableString) -> str:
    """Return the language that a screen reader speaks *element* in."""
    holder = next(parent for parent in element.parents if parent.get("lang"))
    return str(holder["lang"])


def direction_of(element: Tag | NavigableString) -> str:
    holder = next(parent for parent in element.parents if parent.get("dir"))
    return str(holder["dir"])


def texts(page: BeautifulSoup, selector: str) -> Iterator[NavigableString]:
    """Yield what has letters; numbers are in no language."""
    found = page.select(selector)
    assert found, selector
    for element in found:
        for text in element.find_all(string=True):
            if any(letter.isalpha() for letter in text):
                yield text


@pytest.fixture
def arabic_site(db: None) -> Locale:
    return make_arabic_site()


def address_of(reader: Reader, resource: str, title: str, locale: str) -> str:
    item = next(
        item for item in reader.items(resource, locale) if not title or item["title"] == title
    )
    return "/" + str(item["html_url"]).split("/", 3)[3]


def test_translated_page_marks_what_is_in_other_languages(
    reader: Reader, arabic_site: Locale
) -> None:
    path = address_of(reader, "programmes", "", "ar")
    page = reader.page(path)
    assert page.html is not None
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert not page.select('[data-element="fallback-notice"]')
    for text in texts(page, "main"):
        expected = "ar" if is_arabic(text) else "it"
        assert language_of(text) == expected, text
    translated = page.select_one('[data-statement="activity-types"] li span:not([lang])')
    assert translated is not None
    assert is_arabic(translated.get_text())


def test_numbers_and_names_run_from_left_to_right(reader: Reader, arabic_site: Locale) -> None:
    page = reader.page(address_of(reader, "centres", SARONNO, "ar"))
    for selector in ("h1", "[data-fact=seats] h3 span", "#contacts"):
        for text in texts(page, selector):
            assert direction_of(text) == "ltr", (selector, text)
    for link in page.select("a.fc-contact, a[href^='tel:']"):
        assert link["dir"] == "ltr", link
    for text in texts(page, '[data-fact="hours"] ul.list-unstyled li'):
        assert text.find_parent("bdi") is not None
    for text in texts(page, "#contacts, dt"):
        assert language_of(text) == "it", "the words around the content have no Arabic catalogue"


def test_page_that_is_not_translated_is_marked_to_the_last_word(reader: Reader) -> None:
    add_locale("de")
    for path in (
        "/de/",
        "/de/centri-per-le-famiglie/",
        "/de/centri-per-le-famiglie/saronno/",
        "/de/centri-per-le-famiglie/riferimenti-normativi/",
        "/de/informativa-privacy/",
    ):
        page = reader.page(path)
        assert page.html is not None
        assert page.html["lang"] == "de"
        for text in texts(page, "main"):
            if text.find_parent("a", class_="fc-contact") is None:
                assert language_of(text) == "it", (path, text)


def test_words_around_an_english_fallback_are_english(reader: Reader) -> None:
    """The content of the page is Italian; its headings are not."""
    source = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    CentrePage.objects.get(slug="me-te", locale__language_code="en").delete()
    english = ProgrammePage.objects.get(slug="family-centres").locale
    source.copy_for_translation(english, alias=True)
    source.summary = "In parole povere."
    source.save_revision().publish()
    drain_all()
    page = reader.page("/en/family-centres/me-te/")
    for text in texts(page, "main h2, main dt"):
        assert language_of(text) == "en", text
    for text in texts(page, "main h1, [data-fact=summary], [data-fact=activities] h3"):
        assert language_of(text) == "it", text


def test_reference_that_is_not_translated_keeps_its_language(reader: Reader) -> None:
    term = ActivityType.objects.get(code="mutual-aid", locale__language_code="en")
    act = LegalReference.objects.get(number="1507", locale__language_code="en")
    italian = LegalReference.objects.get(number="1507", locale__language_code="it")
    italian.summary = "In breve."
    italian.save_revision().publish()
    term.unpublish()
    act.unpublish()
    drain_all()
    (programme,) = reader.items("programmes", "en")
    by_locale = {item["locale"] for item in programme["activity_types"]}
    assert by_locale == {"it", "en"}
    acts = {row["act"]["number"]: row["act"] for row in programme["legal_basis"]}
    assert (acts["1507"]["language"], acts["1507"]["is_fallback"]) == ("it", True)
    page = reader.page("/en/family-centres/")
    (marked,) = page.select('[data-statement="activity-types"] li [lang=it]')
    assert marked.get_text() == "Auto mutuo aiuto" or language_of(marked.contents[0]) == "it"  # type: ignore[arg-type]
    gloss = page.find(string=lambda text: bool(text) and "In breve." in text)
    assert gloss is not None
    assert language_of(gloss) == "it"


def test_alias_is_a_fallback(reader: Reader) -> None:
    source = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    CentrePage.objects.get(slug="me-te", locale__language_code="en").delete()
    english = ProgrammePage.objects.get(slug="family-centres").locale
    source.copy_for_translation(english, alias=True)
    drain_all()
    (item,) = [i for i in reader.items("centres", "en") if i["id"] == str(source.translation_key)]
    assert (item["is_fallback"], item["language"]) == (True, "it")
    assert [row["locale"] for row in item["translations"]] == ["it"]
    publish(submit(source, english))
    (item,) = [i for i in reader.items("centres", "en") if i["id"] == str(source.translation_key)]
    assert item["is_fallback"] is False
