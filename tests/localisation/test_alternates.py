"""What pages, their switch and the map of the site say of translations, over HTTP."""

from __future__ import annotations

import warnings
from datetime import datetime

import pytest
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, PageViewRestriction

from centres.models import CentrePage, ProgrammePage
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry
from home.models import StandardPage
from tests.localisation.translating import add_locale
from tests.reading import Reader

SARONNO = {
    "it": "/it/centri-per-le-famiglie/saronno/",
    "en": "/en/family-centres/saronno/",
}


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def alternates(reader: Reader, path: str) -> dict[str, str]:
    links = reader.page(path).select("link[rel=alternate][hreflang]")
    return {str(link["hreflang"]): path_of(str(link["href"])) for link in links}


def switch(reader: Reader, path: str) -> dict[str, str]:
    links = reader.page(path).select(".fc-languages a")
    for link in links:
        assert link["lang"] == link["hreflang"]
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def site_map(reader: Reader) -> dict[str, dict[str, str]]:
    """Return the alternates of every address in the map, all by path."""
    response = reader.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return {
        location(url): {
            str(link["hreflang"]): path_of(str(link["href"])) for link in url.find_all("xhtml:link")
        }
        for url in urls(response.content)
    }


def urls(content: bytes) -> list[Tag]:
    with warnings.catch_warnings(action="ignore", category=XMLParsedAsHTMLWarning):
        return list(BeautifulSoup(content, "html.parser").find_all("url"))


def location(url: Tag) -> str:
    return path_of(url.find("loc").get_text())  # type: ignore[union-attr]


def english(slug: str) -> CentrePage:
    page: CentrePage = CentrePage.objects.get(slug=slug, locale__language_code="en")
    return page


@pytest.mark.parametrize("locale", ["it", "en"])
def test_page_names_its_translations_and_a_default(reader: Reader, locale: str) -> None:
    assert alternates(reader, SARONNO[locale]) == {**SARONNO, "x-default": SARONNO["it"]}
    assert (
        reader.page(SARONNO[locale])
        .select_one("link[rel=canonical]")["href"]
        .endswith(  # type: ignore[index]
            SARONNO[locale]
        )
    )


def test_every_alternate_answers_and_names_the_others(reader: Reader) -> None:
    listed = site_map(reader)
    assert len(listed) > 20
    for path, links in listed.items():
        assert path in links.values()
        assert links["x-default"] == links["it"]
        assert reader.get(path).status_code == 200
        assert alternates(reader, path) == links


def test_switch_names_languages_by_themselves(reader: Reader) -> None:
    page = reader.page(SARONNO["en"])
    names = [link.get_text() for link in page.select(".fc-languages a")]
    assert names == ["Italiano", "English"]
    (current,) = page.select(".fc-languages a[aria-current]")
    assert current["hreflang"] == "en"


def test_unpublished_translation_is_named_nowhere(reader: Reader) -> None:
    english("saronno").unpublish()
    drain_all()
    only = {"it": SARONNO["it"]}
    assert alternates(reader, SARONNO["it"]) == {**only, "x-default": SARONNO["it"]}
    assert {code: path_of(url) for code, url in switch(reader, SARONNO["it"]).items()} == only
    listed = site_map(reader)
    assert SARONNO["en"] not in listed
    assert listed[SARONNO["it"]] == {**only, "x-default": SARONNO["it"]}


def test_alias_is_no_translation(reader: Reader) -> None:
    source = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    english("saronno").delete()
    programme = ProgrammePage.objects.get(slug="family-centres")
    source.copy_for_translation(programme.locale, alias=True)
    drain_all()
    assert reader.get(SARONNO["en"]).status_code == 200
    assert "en" not in alternates(reader, SARONNO["it"])
    assert "en" not in switch(reader, SARONNO["en"])
    assert SARONNO["en"] not in site_map(reader)
    canonical = reader.page(SARONNO["en"]).select_one("link[rel=canonical]")
    assert str(canonical["href"]).endswith(SARONNO["it"])  # type: ignore[index]


def test_language_without_translations_is_named_nowhere(reader: Reader) -> None:
    before = site_map(reader)
    add_locale("ar")
    assert site_map(reader) == before
    assert set(switch(reader, SARONNO["it"])) == {"it", "en"}
    assert set(switch(reader, "/ar/")) == {"it", "en"}
    assert set(alternates(reader, "/ar/")) == {"it", "en", "x-default"}


def test_error_page_leads_to_the_home_pages_that_exist(reader: Reader) -> None:
    Locale.objects.create(language_code="ar")
    content = reader.get("/it/nothing/").content.decode()
    assert 'hreflang="en"' in content
    assert 'hreflang="ar"' not in content


def test_private_pages_are_out(reader: Reader) -> None:
    page = StandardPage.objects.get(slug="note-legali")
    assert "/it/note-legali/" in site_map(reader)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    drain_all()
    listed = site_map(reader)
    assert "/it/note-legali/" not in listed
    assert not any("legal-notes" in path for path in listed)


def test_map_tells_when_a_reader_could_last_see_a_change(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader.get("/sitemap.xml")
    with django_assert_num_queries(2):
        response = reader.get("/sitemap.xml")
    entry = Entry.objects.get(html_path=SARONNO["en"])
    assert isinstance(entry.modified, datetime)
    (url,) = [url for url in urls(response.content) if location(url) == SARONNO["en"]]
    told = url.find("lastmod").get_text()  # type: ignore[union-attr]
    assert told == entry.modified.date().isoformat()
    assert "Last-Modified" in response
