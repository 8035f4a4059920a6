"""A translator's day in a real browser: find the work, translate, submit; a publisher publishes.

``pytest -m browser tests/test_translators_day.py --renew-screenshots`` takes the pictures of
``docs/translators.md`` anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.processes import ROOT, run_program
from tests.serving import demonstration, free_port

pytestmark = pytest.mark.browser

PICTURES = ROOT / "docs" / "images" / "translators"
SLOW = 60_000
"""Milliseconds that a busy machine may take for a page of the admin."""

CHANGE_THE_SOURCE = """
from centres.models import CentrePage
from cms.localisation.sweeping import sweep
page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
page.summary = "Il Centro riceve il venerdì mattina."
page.save_revision().publish()
sweep()
"""
DRAIN = "from cms.delivery.drain import drain_all; drain_all()"

Picture = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with demonstration(tmp_path_factory.mktemp("translators"), free_port()) as env:
        assert run_program(env, CHANGE_THE_SOURCE).stderr == ""
        yield env


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    def take(page: Page, name: str) -> None:
        if request.config.getoption("--renew-screenshots"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png")

    return take


def log_in(browser: Browser, env: dict[str, str], name: str) -> Page:
    lines = Path(env["ACCOUNTS"]).read_text(encoding="utf-8").splitlines()
    passwords = dict(line.split("\t") for line in lines)
    base = f"http://127.0.0.1:{env['PORT']}"
    page = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=base).new_page()
    page.set_default_timeout(SLOW)
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", passwords[name])
    page.click("form [type=submit]")
    page.wait_for_url("**/admin/")
    return page


def test_changed_sentence_is_translated_submitted_and_published(
    browser: Browser, served: dict[str, str], picture: Picture
) -> None:
    translator = log_in(browser, served, "translator")
    work = translator.get_by_role("link", name="Centro per la Famiglia di Saronno").first
    expect(work).to_be_visible()
    picture(translator, "work")
    work.click()
    expect(translator.locator("ins").first).to_be_visible()
    picture(translator, "changes")

    translator.get_by_role("link", name="Apri l'editor di traduzione").click()
    translator.get_by_role("button", name="Traduci", exact=True).first.click()
    translator.locator("textarea").first.fill("The Centre is open on Friday morning.")
    picture(translator, "editor")
    translator.get_by_role("button", name="Salva", exact=True).first.click()
    expect(translator.get_by_role("button", name="Modifica").first).to_be_visible()
    translator.reload()
    translator.get_by_role("button", name="Invia per la pubblicazione").click()
    expect(translator.get_by_text("La traduzione è stata inviata").first).to_be_visible()

    publisher = log_in(browser, served, "publisher")
    publisher.get_by_role("link", name="Centro per la Famiglia di Saronno").first.click()
    publisher.get_by_role("link", name="Apri l'editor di traduzione").click()
    publisher.get_by_role("button", name="Pubblica in Inglese").click()
    expect(publisher.get_by_text("pubblicat").first).to_be_visible()

    assert run_program(served, DRAIN).stderr == ""
    page = browser.new_page(base_url=f"http://127.0.0.1:{served['PORT']}")
    page.goto("/en/family-centres/saronno/", timeout=SLOW)
    expect(page.get_by_text("The Centre is open on Friday morning.").first).to_be_visible()


def test_report_and_files(browser: Browser, served: dict[str, str], picture: Picture) -> None:
    translator = log_in(browser, served, "translator")
    translator.goto("/admin/translations/")
    expect(translator.locator("table.listing").first).to_be_visible()
    picture(translator, "report")
    with translator.expect_download() as download:
        translator.get_by_role("link", name="scarica PO").first.click()
    assert "X-Source-Language: it" in Path(download.value.path()).read_text(encoding="utf-8")
    translator.get_by_role("link", name="importa un file").first.click()
    translator.set_input_files(
        "[name=file]", {"name": "x.po", "mimeType": "text/plain", "buffer": b"not a file"}
    )
    translator.get_by_role("button", name="Importa", exact=True).click()
    expect(translator.locator(".error-message")).to_be_visible()
    picture(translator, "read-in")
