"""The form in a real browser: by keyboard alone, without script, on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from feedback.reports.state import SHORTEST
from tests.chromium import chromium
from tests.serving import demonstration, free_port

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("reports")
    with demonstration(folder, port, EMAIL_URL="consolemail://"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def is_accessible(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    results = Axe().run(page)
    found = [
        (item["id"], [node["target"] for node in item["nodes"]])
        for item in results.response["violations"]
    ]
    assert found == []


def press(page: Page, step: str) -> None:
    """Reach the button of a step by keyboard alone and press it."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == step:
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, name: str) -> None:
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_keyboard_alone_brings_a_report_home(browser: Browser, base: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{base}/it/centri-per-le-famiglie/saronno/")
    page.locator("#accessibility-report a").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    is_accessible(page)
    press(page, "privacy")
    assert page.title().startswith("Errore")
    assert page.evaluate("document.activeElement.className") == "fc-faults"
    is_accessible(page)
    tab_to(page, "privacy")
    page.keyboard.press("Space")
    press(page, "privacy")
    is_accessible(page)
    press(page, "data")
    assert page.evaluate("document.activeElement.className") == "fc-faults"
    is_accessible(page)
    tab_to(page, "kind")
    page.keyboard.press("Space")
    tab_to(page, "description")
    page.keyboard.type("La mappa non si può usare con la tastiera.")
    tab_to(page, "email")
    page.keyboard.type("citizen@example.org")
    picture = tmp_path / "schermata.png"
    page.screenshot(path=picture)
    page.set_input_files("input[type=file]", picture)
    press(page, "data")
    is_accessible(page)
    page.wait_for_timeout(SHORTEST * 1000)
    press(page, "send")
    assert "/receipt/" in page.url
    assert "ACC-" in page.locator(".fc-lead").inner_text()
    is_accessible(page)
    with page.expect_download() as download:
        page.get_by_text("Salva la ricevuta").click()
    kept = browser.new_page()
    saved = tmp_path / "ricevuta.html"
    download.value.save_as(saved)
    kept.goto(f"file://{saved}")
    assert "La mappa non si può usare" in kept.locator("main").inner_text()
    page.goto(f"{page.url}print/")
    is_accessible(page)
    page.close()
    kept.close()


def test_without_script_nothing_is_missing(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/en/feedback/accessibility-report/?page=/en/family-centres/")
    page.check("#report-privacy")
    page.click("button[value=privacy]")
    page.click("button[value=data]")
    assert page.locator(".fc-faults li").count() == 3
    page.check("input[value=content]")
    page.fill("#report-description", "Please send the table as text.")
    page.check("#report-no_reply")
    page.click("button[value=data]")
    page.wait_for_timeout(SHORTEST * 1000)
    page.click("button[value=send]")
    assert page.locator("h1").inner_text() == "Receipt of your report of inaccessibility"
    assert context.cookies() == []
    context.close()


def test_form_is_not_served_in_a_language_that_has_no_pages(browser: Browser, base: str) -> None:
    page = browser.new_page()
    response = page.goto(f"{base}/ar/feedback/accessibility-report/")
    assert response is not None
    assert response.status == 404
    page.close()
