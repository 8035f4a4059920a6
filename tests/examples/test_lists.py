"""A list by curl, on a page in the browser and on a page by PHP, as the guide shows them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from tests.chromium import chromium
from tests.examples.place import Server, Way, Workplace

pytestmark = pytest.mark.examples


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page(viewport={"width": 360, "height": 740})


def links(server: Server, locale: str) -> list[tuple[str, str]]:
    items = server.get(f"/api/v1/centres?locale={locale}&limit=100")["items"]
    return [(item["title"], item["html_url"]) for item in items]


def test_curl_gives_a_list(server: Server, workplace: Workplace) -> None:
    every = json.loads(workplace.run("list.sh", is_quiet=False))
    assert every["next"] is None
    assert len(every["items"]) == 7
    assert every["items"] == server.centres("summary")
    (varese,) = json.loads(workplace.run("town.sh", is_quiet=False))["items"]
    assert varese in server.centres()
    assert varese["comuni"][0]["name"]["text"] == "Varese"
    distances = [
        item["distance"] for item in json.loads(workplace.run("near.sh", is_quiet=False))["items"]
    ]
    assert distances
    assert distances == sorted(distances, key=lambda distance: distance["metres"])
    assert distances[-1]["metres"] <= 15_000


def test_curl_keeps_a_file_and_renews_it_when_something_changed(
    server: Server, way: Way, workplace: Workplace, request: pytest.FixtureRequest
) -> None:
    file = workplace.folder / "centres.json"
    workplace.run("keep.sh")
    before = file.read_text()
    assert json.loads(before)["items"] == server.centres("summary")
    workplace.run("keep.sh")
    assert [status for _path, status in way.passed] == [200, 304]
    assert file.read_text() == before
    title = request.getfixturevalue("awkward_title")
    workplace.run("keep.sh")
    assert title in [item["title"] for item in json.loads(file.read_text())["items"]]
    assert json.loads(file.read_text())["items"] == server.centres("summary")


def test_browser_shows_the_list_on_a_page_of_another_origin(
    server: Server, workplace: Workplace, page: Page, awkward_title: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((workplace.folder / "list.html").as_uri())
    expect(page.get_by_role("status")).to_have_text("7 family centres")
    found = page.locator("#centres a")
    shown = [(link.inner_text(), link.get_attribute("href")) for link in found.all()]
    assert shown == links(server, "en")
    assert awkward_title in [title for title, _href in shown]
    assert {link.get_attribute("lang") for link in found.all()} == {"it"}
    assert page.locator("#centres span[lang=it]").count() >= 20
    assert Axe().run(page).response["violations"] == []
    assert complaints == []


def test_browser_says_when_the_list_cannot_be_shown(
    workplace: Workplace, page: Page, way: Way
) -> None:
    way.refusals.append(503)
    page.goto((workplace.folder / "list.html").as_uri())
    expect(page.get_by_role("status")).to_contain_text("cannot be shown now")
    assert page.locator("#centres li").count() == 0


def test_php_shows_the_list_and_asks_no_more_than_it_must(
    server: Server, way: Way, workplace: Workplace, request: pytest.FixtureRequest
) -> None:
    def show(*, a_minute_later: bool = False) -> list[tuple[str, str]]:
        for kept in (workplace.folder / "cache").glob("*.json") if a_minute_later else ():
            os.utime(kept, (time.time() - 61,) * 2)
        way.passed.clear()
        page = BeautifulSoup(workplace.run("list.php"), "html.parser")
        assert {item["lang"] for item in page.select("li")} == {"it"}
        return [(link.get_text(), str(link["href"])) for link in page.select("li a")]

    before = links(server, "it")
    assert show() == before
    assert len(before) == 7
    assert [status for _path, status in way.passed] == [200]
    assert show() == before
    assert way.passed == []
    assert show(a_minute_later=True) == before
    assert [status for _path, status in way.passed] == [304]
    title = request.getfixturevalue("awkward_title")
    after = show(a_minute_later=True)
    assert after == links(server, "it")
    assert title in [name for name, _href in after]
    way.close()
    assert show(a_minute_later=True) == after
