"""What a family sees, and how many queries it costs."""

from __future__ import annotations

import itertools

import pytest
from pytest_django import DjangoAssertNumQueries

from centres.models import CentrePage, ProgrammePage
from cms.delivery.drain import drain_all
from home.models import HomePage, StandardPage
from tests.reading import Reader

PAGES = [
    "/it/",
    "/en/",
    "/it/centri-per-le-famiglie/",
    "/en/family-centres/",
    "/it/centri-per-le-famiglie/saronno/",
    "/en/family-centres/saronno/",
    "/it/centri-per-le-famiglie/riferimenti-normativi/",
    "/en/family-centres/legal-references/",
    "/it/informativa-privacy/",
    "/en/legal-notes/",
]


@pytest.mark.parametrize("path", PAGES)
def test_structure(reader: Reader, path: str) -> None:
    page = reader.page(path)
    assert page.html is not None
    assert page.html["lang"] == path[1:3]
    assert len(page.select("h1")) == 1
    assert len(page.select("main#content")) == 1
    assert page.select_one("a[href='#content']") is not None
    assert page.select_one("meta[name=robots][content*=noindex]") is not None
    assert len(page.select('[data-element="demo-ribbon"]')) == 1
    for element in ("accessibility-link", "privacy-policy-link", "legal-notes"):
        assert len(page.select(f'[data-element="{element}"]')) == 1, element
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_language_switch_leads_to_the_same_page(reader: Reader, path: str) -> None:
    other = "en" if path.startswith("/it/") else "it"
    link = reader.page(path).select_one(f'a[hreflang="{other}"]')
    assert link is not None
    back = reader.page(str(link["href"])).select_one(f'a[hreflang="{path[1:3]}"]')
    assert back is not None
    assert str(back["href"]).endswith(path)


def test_demo_ribbon_can_be_switched_off(reader: Reader, settings: object) -> None:
    settings.FAMILY_CENTRES = {"DEMO": False}  # type: ignore[attr-defined]
    page = reader.page("/it/")
    assert not page.select('[data-element="demo-ribbon"]')
    assert not page.select("meta[name=robots]")
    assert reader.json("/api/v1/status")["demo"] is False


def test_unknown_facts_say_so(reader: Reader) -> None:
    page = reader.page("/it/centri-per-le-famiglie/valle-olona/")
    for fact in ("contacts", "hours"):
        (element,) = page.select(f'[data-fact="{fact}"]')
        assert "dato non disponibile" in element.get_text()


def test_contacts_can_be_called_and_written(reader: Reader) -> None:
    (contacts,) = reader.page("/it/centri-per-le-famiglie/saronno/").select(
        '[data-fact="contacts"]'
    )
    links = [link["href"] for link in contacts.select("a")]
    assert links == ["tel:+393338030572", "mailto:centrofamiglia@comune.saronno.va.it"]
    assert contacts.get_text().count("da verificare") == 2


def test_official_names_keep_their_language(reader: Reader) -> None:
    page = reader.page("/en/family-centres/saronno/")
    (heading,) = page.select("h1")
    assert heading["lang"] == "it"
    names = page.select('[data-fact="seats"] h3 span[lang=it]')
    assert "Palazzina X2" in [name.get_text() for name in names]


def test_planned_seat_and_validity_are_told(reader: Reader) -> None:
    page = reader.page("/it/centri-per-le-famiglie/saronno/")
    assert "prevista" in page.select_one('[data-status="planned"]').get_text()  # type: ignore[union-attr]
    assert "da dicembre 2024" in page.select_one('[data-fact="seats"]').get_text()  # type: ignore[union-attr]


def test_not_found_leads_on(reader: Reader) -> None:
    response = reader.get("/en/nothing/")
    assert response.status_code == 404
    assert b'href="/en/"' in response.content
    assert b"Page not found" in response.content


def test_page_without_translation_says_so(reader: Reader) -> None:
    """An alias in the English tree shows the Italian document, and a notice."""
    source = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    translation = CentrePage.objects.get(slug="me-te", locale__language_code="en")
    translation.delete()
    locale = ProgrammePage.objects.get(slug="family-centres").locale
    source.copy_for_translation(locale, alias=True)
    drain_all()
    page = reader.page("/en/family-centres/me-te/")
    assert len(page.select('[data-element="fallback-notice"]')) == 1
    (document,) = [item for item in reader.items("centres", "en") if item["title"] == source.title]
    assert document["is_fallback"] is True
    assert document["language"] == "it"


def test_centre_page_costs_thirteen_queries(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader.page("/it/centri-per-le-famiglie/saronno/")
    with django_assert_num_queries(13):
        reader.page("/it/centri-per-le-famiglie/saronno/")


def test_programme_page_costs_the_same_whatever_the_number_of_centres(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader.page("/it/centri-per-le-famiglie/")
    with django_assert_num_queries(11):
        reader.page("/it/centri-per-le-famiglie/")
    CentrePage.objects.filter(slug="me-te").first().unpublish()  # type: ignore[union-attr]
    drain_all()
    with django_assert_num_queries(11):
        reader.page("/it/centri-per-le-famiglie/")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/it/", 8),
        ("/en/", 9),
        ("/it/informativa-privacy/", 11),
        ("/en/legal-notes/", 12),
        ("/it/centri-per-le-famiglie/riferimenti-normativi/", 14),
        ("/en/family-centres/legal-references/", 15),
    ],
)
def test_pages_of_text_cost_no_more_than_their_documents(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    """The page of acts reads its own document and, in one query more, those of the acts."""
    reader.page(path)
    with django_assert_num_queries(queries):
        reader.page(path)


def test_home_page_costs_the_same_whatever_the_number_of_children(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    home = HomePage.objects.get(locale__language_code="it")
    for number in range(5):
        home.add_child(instance=StandardPage(title=f"News {number}", locale=home.locale))
    drain_all()
    assert len(reader.page("/it/").select("main .fc-cards h2")) == 8
    with django_assert_num_queries(8):
        reader.page("/it/")
