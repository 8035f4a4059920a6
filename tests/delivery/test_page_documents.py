"""The documents of pages that have no resource of their own, and the children that they list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from centres.models import LegalReferencesPage, ProgrammePage
from cms.delivery import resources
from cms.delivery.drain import drain_all
from cms.delivery.pages import register_page_type
from cms.delivery.verification import discrepancies
from home.models import HomePage, StandardPage
from tests.reading import Follower, Reader

PAGE_TYPES = (HomePage, StandardPage, LegalReferencesPage)


@pytest.fixture
def home(db: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="it")


@pytest.fixture
def news(home: HomePage) -> StandardPage:
    """A page without a translation, right below the Italian home page."""
    page = StandardPage(
        title="Novità",
        slug="novita",
        search_description="Che cosa cambia",
        introduction=f'<p>Torna alla <a linktype="page" id="{home.pk}">pagina iniziale</a></p>',
        locale=home.locale,
    )
    home.add_child(instance=page)
    drain_all()
    return page


def _home(reader: Reader, locale: str) -> dict[str, Any]:
    (document,) = [item for item in reader.items("pages", locale) if item["page_type"] == "home"]
    return document


def _children(reader: Reader, locale: str = "it") -> list[str]:
    return [child["title"] for child in _home(reader, locale)["children"]]


ITALIAN = ["Informativa sulla privacy", "Note legali", "Centri per le Famiglie"]
ENGLISH = ["Privacy notice", "Legal notes", "Family Centres"]


def test_page_types_share_a_resource() -> None:
    pages = resources.get("pages")
    assert {resources.for_model(model) for model in PAGE_TYPES} == {pages}
    assert resources.for_model(Page) is None
    programme = resources.for_model(ProgrammePage)
    assert programme is not None
    assert programme.name == "programmes"


@pytest.mark.parametrize("locale", ["it", "en"])
def test_each_type_has_its_documents_in_both_languages(reader: Reader, locale: str) -> None:
    items = reader.items("pages", locale)
    kinds = sorted(item["page_type"] for item in items)
    assert kinds == ["home", "legal_references", "standard", "standard"]
    for item in items:
        assert item["type"] == "pages"
        assert (item["language"], item["is_fallback"]) == (locale, False)
        assert [translation["locale"] for translation in item["translations"]] == ["en", "it"]
        assert item["introduction"]["text"]
        assert reader.page(item["html_url"]).select_one("h1").get_text() == item["title"]  # type: ignore[union-attr]


def test_ids_are_the_same_in_every_language(reader: Reader) -> None:
    italian, english = (
        {item["id"] for item in reader.items("pages", code)} for code in ("it", "en")
    )
    assert italian == english


def test_summary_tells_the_type(reader: Reader) -> None:
    (home,) = [
        item
        for item in reader.json("/api/v1/pages?view=summary&locale=it")["items"]
        if item["page_type"] == "home"
    ]
    assert home["title"] == "Centri per le Famiglie di ATS Insubria"
    assert "children" not in home


@pytest.mark.parametrize(("locale", "titles"), [("it", ITALIAN), ("en", ENGLISH)])
def test_home_page_lists_its_children_in_their_order(
    reader: Reader, locale: str, titles: list[str]
) -> None:
    assert _children(reader, locale) == titles
    shown = reader.page(f"/{locale}/").select("main .fc-cards h2")
    assert [heading.get_text() for heading in shown] == titles


def test_child_is_a_reference_with_its_description(reader: Reader) -> None:
    child = next(
        child for child in _home(reader, "en")["children"] if child["type"] == "programmes"
    )
    programme = reader.json(child["url"] + "?locale=en")
    for key in ("id", "type", "title", "html_url"):
        assert child[key] == programme[key]
    assert child["description"].startswith("What the Family Centres")
    card = reader.page("/en/").select_one(f'a[href="{child["html_url"]}"]')
    assert card is not None
    assert child["description"] in card.find_parent("li").get_text()  # type: ignore[union-attr]


def test_children_follow_publishing_and_unpublishing(reader: Reader, news: StandardPage) -> None:
    assert _children(reader) == [*ITALIAN, "Novità"]
    news.unpublish()
    drain_all()
    assert _children(reader) == ITALIAN
    assert "Novità" not in reader.get("/it/").content.decode()
    news.title = "Novità di oggi"
    news.save_revision().publish()
    drain_all()
    assert _children(reader) == [*ITALIAN, "Novità di oggi"]
    news.delete()
    drain_all()
    assert _children(reader) == ITALIAN
    assert discrepancies() == []


def test_private_child_is_absent(reader: Reader, news: StandardPage) -> None:
    restriction = PageViewRestriction.objects.create(page=news, restriction_type="login")
    drain_all()
    assert _children(reader) == ITALIAN
    assert reader.get(f"/api/v1/pages/{news.translation_key}").status_code == 404
    restriction.delete()
    drain_all()
    assert _children(reader) == [*ITALIAN, "Novità"]


def test_children_follow_the_order_of_the_tree(reader: Reader, news: StandardPage) -> None:
    first = HomePage.objects.get(pk=news.get_parent().pk).get_first_child()
    news.move(first, pos="left")
    drain_all()
    assert _children(reader) == ["Novità", *ITALIAN]
    news.move(ProgrammePage.objects.get(locale=news.locale), pos="last-child")
    drain_all()
    assert _children(reader) == ITALIAN
    assert discrepancies() == []


def test_child_without_a_translation_is_listed_in_its_own_language(
    reader: Reader, news: StandardPage
) -> None:
    assert _children(reader, "en") == [*ENGLISH, "Novità"]
    assert _home(reader, "en")["children"][-1]["locale"] == "it"
    item = reader.by_title("pages", "Novità", "en")
    assert (item["is_fallback"], item["language"]) == (True, "it")
    card = reader.page("/en/").select("main .fc-cards > li")[-1]
    assert card["lang"] == "it"


def test_child_of_one_language_only_is_listed_there(reader: Reader) -> None:
    english = HomePage.objects.get(locale__language_code="en")
    english.add_child(instance=StandardPage(title="For newcomers", locale=english.locale))
    drain_all()
    assert _children(reader, "en") == [*ENGLISH, "For newcomers"]
    assert _children(reader, "it") == ITALIAN


def test_translation_put_elsewhere_changes_no_list(reader: Reader) -> None:
    english = HomePage.objects.get(locale__language_code="en")
    acts = LegalReferencesPage.objects.get(locale=english.locale)
    acts.move(english, pos="last-child")
    drain_all()
    assert _children(reader, "en") == ENGLISH
    assert discrepancies() == []


def test_link_to_a_page_that_goes_degrades_to_its_text(reader: Reader, news: StandardPage) -> None:
    other = StandardPage.objects.get(slug="note-legali")
    link = {"label": "Che cosa cambia", "page": news, "url": ""}
    other.body = [
        ("paragraph", f'<p>Leggi le <a linktype="page" id="{news.pk}">novità</a></p>'),
        (
            "links",
            {"title": "Altro", "links": [link]},
        ),
    ]
    other.save_revision().publish()
    drain_all()
    kinds = [block["type"] for block in reader.by_title("pages", "Note legali")["body"]]
    assert kinds == ["paragraph", "links"]
    assert len(reader.page("/it/note-legali/").select('main a[href$="/it/novita/"]')) == 2
    news.unpublish()
    drain_all()
    (block,) = reader.by_title("pages", "Note legali")["body"]
    assert block["value"]["html"] == "<p>Leggi le novità</p>"
    main = reader.page("/it/note-legali/").select_one("main")
    assert main is not None
    assert "Leggi le novità" in main.get_text()
    assert "Che cosa cambia" not in main.get_text()


def test_alias_shows_the_fallback_and_says_so(reader: Reader, news: StandardPage) -> None:
    news.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    drain_all()
    page = reader.page("/en/novita/")
    assert len(page.select('[data-element="fallback-notice"]')) == 1
    assert page.select_one("h1")["lang"] == "it"  # type: ignore[index]
    named = [link["hreflang"] for link in page.select("link[rel=alternate]")]
    assert named == ["it", "x-default"]


@pytest.mark.parametrize(
    "path", ["/it/", "/en/legal-notes/", "/en/family-centres/legal-references/"]
)
def test_pages_name_their_alternates_and_address(reader: Reader, path: str) -> None:
    page = reader.page(path)
    (canonical,) = page.select("link[rel=canonical]")
    assert str(canonical["href"]).endswith(path)
    named = {link["hreflang"] for link in page.select("link[rel=alternate]")}
    assert named == {"it", "en", "x-default"}


def test_feed_tells_of_pages(reader: Reader, home: HomePage) -> None:
    follower = Follower(reader, locale="it", resource="pages")
    follower.catch_up()
    assert follower.held == {("pages", item["id"]): item for item in reader.items("pages")}
    page = StandardPage.objects.get(slug="note-legali")
    page.unpublish()
    drain_all()
    changes = {item["id"]: item["change"] for item in follower.catch_up()}
    assert changes == {
        str(page.translation_key): "tombstone",
        str(home.translation_key): "upsert",
    }


def test_page_that_is_saved_is_shown_at_once(
    reader: Reader, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    page = StandardPage.objects.get(slug="note-legali")
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Avvertenze"
        page.save_revision().publish()
    assert reader.by_title("pages", "Avvertenze")["id"] == str(page.translation_key)


def test_draft_is_previewed_and_not_served(reader: Reader, home: HomePage) -> None:
    home.title = "Bozza"
    home.save_revision()
    draft = home.get_latest_revision_as_object()
    shown = draft.make_preview_request().render().content.decode()
    assert "<h1>Bozza</h1>" in shown
    assert all(title in shown for title in ITALIAN)
    assert "Bozza" not in reader.get("/it/").content.decode()


@pytest.mark.parametrize(
    ("model", "code", "names"),
    [
        (ProgrammePage, "programme", {"introduction": ""}),
        (Page, "standard", {"introduction": "", "body": ""}),
        (Page, "plain", {"introduction": "title", "body": ""}),
        (Page, "plain", {"introduction": "", "body": "title"}),
    ],
)
def test_what_cannot_be_a_page_type_is_refused(
    model: type[Page], code: str, names: dict[str, str]
) -> None:
    before = resources.get("pages")
    with pytest.raises(ValueError, match=r"\.$"):
        register_page_type(model, code, **names)
    assert resources.get("pages") is before
