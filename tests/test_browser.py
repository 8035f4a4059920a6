"""Pages in a real browser: accessible, readable on a narrow screen, asking nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.chromium import chromium
from tests.processes import run_program
from tests.serving import demonstration

pytestmark = pytest.mark.browser
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
PATHS = [
    "/it/",
    "/it/centri-per-le-famiglie/",
    "/en/family-centres/",
    "/it/centri-per-le-famiglie/saronno/",
    "/en/family-centres/la-casa-di-varese/",
    "/it/centri-per-le-famiglie/riferimenti-normativi/",
    "/en/legal-notes/",
    "/it/not-there/",
    "/ar/",
    "/ar/centri-per-le-famiglie/",
    "/ar/centri-per-le-famiglie/saronno/",
    "/ar/centri-per-le-famiglie/riferimenti-normativi/",
    "/api/?locale=en",
    "/api/?locale=it",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The demonstration as ``make demo`` serves it, on a database of its own."""
    with demonstration(tmp_path_factory.mktemp("browser"), PORT) as env:
        program = "from tests.localisation.arabic import make_arabic_site; make_arabic_site()"
        done = run_program(env, program)
        assert done.returncode == 0, done.stderr
        yield env


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, served: dict[str, str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    foreign: list[str] = []
    complaints: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((BASE, "data:", "blob:")):
            foreign.append(url)

    page.on("request", lambda request: note(request.url))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and "404" not in message.text
            else None
        ),
    )
    yield page
    page.close()
    assert foreign == [], "a request left for a third party"
    assert complaints == [], "the console complains"


@pytest.mark.parametrize("path", PATHS)
def test_page_is_accessible_and_narrow(page: Page, path: str) -> None:
    page.goto(f"{BASE}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    results = Axe().run(page)
    found = [
        (item["id"], [node["target"] for node in item["nodes"]])
        for item in results.response["violations"]
    ]
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_arabic_page_is_mirrored_and_its_numbers_are_not(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{BASE}/ar/centri-per-le-famiglie/saronno/")
    middle = width / 2

    def box(selector: str) -> dict[str, float]:
        found = page.locator(selector).first.bounding_box()
        assert found is not None
        return dict(found)

    card = page.locator(".fc-card").first
    assert card.evaluate("node => getComputedStyle(node).borderRightWidth") == "4px"
    assert card.evaluate("node => getComputedStyle(node).borderLeftWidth") == "0px"
    assert box(".breadcrumb-item")["x"] + box(".breadcrumb-item")["width"] > middle
    brand, switch = box(".fc-brand"), box(".fc-languages")
    assert brand["x"] + brand["width"] > middle
    assert width == 360 or switch["x"] < middle
    contact = page.locator("[data-fact=contacts] a").first
    assert contact.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert page.evaluate(PLUS_STANDS_LEFT), "the number runs from right to left"


PLUS_STANDS_LEFT = """() => {
  const text = document.querySelector("[data-fact=contacts] a").firstChild;
  const at = (position) => {
    const range = document.createRange();
    range.setStart(text, position);
    range.setEnd(text, position + 1);
    return range.getBoundingClientRect().left;
  };
  return text.data.startsWith("+39") && at(0) < at(text.data.length - 1);
}"""


def test_documentation_of_the_api_asks_nobody_else(page: Page) -> None:
    page.goto(f"{BASE}/api/v1/docs")
    page.wait_for_selector(".opblock-tag")
    page.locator("#operations-tag-Centres .opblock-tag, .opblock-tag[data-tag=Centres]").click()
    page.locator(".opblock-summary-control", has_text="/centres").first.click()
    page.get_by_text("ISTAT code of a comune").first.wait_for()


def test_keyboard_reaches_the_content(page: Page) -> None:
    page.goto(f"{BASE}/it/centri-per-le-famiglie/saronno/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == "#content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 10
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:+393338030572"


def test_editor_changes_the_programme_and_keeps_its_citations(
    page: Page, served: dict[str, str]
) -> None:
    """The whole way: sign in, open the page, publish, read it; no request leaves for elsewhere."""
    page.set_viewport_size({"width": 1280, "height": 900})
    accounts = dict(line.split("\t") for line in Path(served["ACCOUNTS"]).read_text().splitlines())
    page.goto(f"{BASE}/admin/login/")
    page.fill("#id_username", "administrator")
    page.fill("#id_password", accounts["administrator"])
    page.click("button[type=submit]")
    page.wait_for_url(f"{BASE}/admin/")
    listing = page.request.get(f"{BASE}/it/centri-per-le-famiglie/").text()
    assert listing.count("#dgr-1507-2023") >= 2
    program = (
        "from centres.models import ProgrammePage;"
        "print(ProgrammePage.objects.get(locale__language_code='it').pk)"
    )
    pk = run_program(served, program).stdout.strip()
    page.goto(f"{BASE}/admin/pages/{pk}/edit/")
    page.wait_for_selector(".Draftail-Editor")
    assert page.locator(".TooltipEntity", has_text="DGR 1507/2023").count() == 1
    page.fill("#id_title", "Centri per le Famiglie di prova")
    with page.expect_navigation():
        page.evaluate("document.querySelector('button[name=action-publish]').click()")
    page.goto(f"{BASE}/it/centri-per-le-famiglie/")
    assert page.locator("h1").inner_text() == "Centri per le Famiglie di prova"
    assert page.locator('[data-statement="origin"] a').count() == 3
