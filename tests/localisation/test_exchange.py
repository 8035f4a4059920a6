"""Translations go out as files and come in again, without loss and without surprise."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from centres.models import CentrePage, ProgrammePage
from cms.localisation.exchange.importing import read_in
from cms.localisation.exchange.po import from_po, to_po
from cms.localisation.exchange.units import Exchange, ExchangeError, Unit, exchange_of
from tests.editor import Editor


def translation_of(page: Any) -> Translation:
    found: Translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="en"
    )
    return found


@pytest.fixture
def programme(db: None) -> Translation:
    """It holds citations, rich text, lists of texts and a slug."""
    return translation_of(ProgrammePage.objects.get(locale__language_code="it"))


@pytest.fixture
def centre(db: None) -> Translation:
    return translation_of(CentrePage.objects.get(locale__language_code="it", slug="saronno"))


def words() -> list[tuple[Any, ...]]:
    rows = StringTranslation.objects.order_by("pk")
    return list(rows.values_list("pk", "translation_of", "context", "locale", "data", "has_error"))


def upload(editor: Editor, url: str, content: str | bytes, **ticked: str) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return editor.client.post(url, {"file": SimpleUploadedFile("file.po", data), **ticked})


def told(response: Any) -> list[str]:
    """Return the outcomes of the lines that the page reports."""
    page = BeautifulSoup(response.content, "html.parser")
    table = page.find("table", attrs={"aria-labelledby": "lines"})
    return (
        [row.find_all("td")[-1].get_text() for row in table.tbody.find_all("tr")] if table else []
    )


def test_round_trip_of_everything_is_the_identity(editor: Editor) -> None:
    english = Locale.objects.get(language_code="en")
    out = exchange_of(Translation.objects.filter(target_locale=english), english)
    assert len(out.units) > 100
    assert any("<a id=" in unit.source for unit in out.units)
    assert from_po(to_po(out)) == out
    before = words()
    report = read_in(from_po(to_po(out)), english, editor.user)
    assert report.applied
    assert report.count("same") == len(out.units)
    assert words() == before


def test_words_that_were_lost_come_back(editor: Editor, programme: Translation) -> None:
    english = programme.target_locale
    out = exchange_of([programme], english)
    before = {row[4] for row in words()}
    StringTranslation.objects.filter(context__object_id=programme.source.object_id).delete()
    report = read_in(out, english, editor.user)
    assert (report.applied, report.count("new")) == (True, len(out.units))
    assert {row[4] for row in words()} == before
    assert not StringTranslation.objects.filter(has_error=True).exists()


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext")
def test_gettext_takes_the_file(programme: Translation, tmp_path: Path) -> None:
    path = tmp_path / "programme.po"
    path.write_text(to_po(exchange_of([programme], programme.target_locale)), encoding="utf-8")
    command = ["msgfmt", "--check", "--output-file", str(tmp_path / "programme.mo"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a file",
        '\x00\x01"',
        'msgid "a"\nmsgstr "b"\n',
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Source-Language: it\\n"\n\n'
        'msgctxt "no-id"\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_foreign_file_is_refused(text: str) -> None:
    with pytest.raises(ExchangeError):
        from_po(text)


def test_a_text_that_names_a_file_of_the_server_does_not_read_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.po"
    secret.write_text(to_po(Exchange("it", "en", (Unit(uuid4(), "title", "A", "B"),))))
    with pytest.raises(ExchangeError):
        from_po(str(secret))


def test_words_that_cannot_be_stored_are_refused(editor: Editor, centre: Translation) -> None:
    first = exchange_of([centre], centre.target_locale).units[0]
    unit = Unit(first.object_id, first.path, first.source, "A\0B", first.title)
    report = read_in(Exchange("it", "en", (unit,)), centre.target_locale, editor.user)
    assert [line.outcome for line in report.lines] == ["error"]


def test_file_of_one_page_is_refused_by_another(
    editor: Editor, programme: Translation, centre: Translation
) -> None:
    out = to_po(exchange_of([programme], programme.target_locale))
    before = words()
    url = reverse("family_localisation:read_in", args=[centre.pk])
    response = upload(editor, url, out, apply="on")
    outcomes = told(response)
    assert outcomes
    assert all("another page" in outcome or "altra pagina" in outcome for outcome in outcomes)
    assert words() == before


def test_subtree_goes_out_and_in(editor: Editor, programme: Translation) -> None:
    url = reverse("family_localisation:download", args=[programme.pk])
    alone = polib.pofile(editor.client.get(url).content.decode())
    whole = polib.pofile(editor.client.get(url, {"subtree": "1"}).content.decode())
    assert len(whole) > len(alone) > 10
    below = {entry.msgctxt.partition("/")[0] for entry in whole}
    assert len(below) > 5
    response = upload(
        editor, reverse("family_localisation:read_in", args=[programme.pk]), str(whole), apply="on"
    )
    assert len(told(response)) == len(whole)


def test_error_in_one_line_changes_nothing_and_every_line_is_told(
    editor: Editor, programme: Translation
) -> None:
    file = polib.pofile(to_po(exchange_of([programme], programme.target_locale)))
    cited = next(entry for entry in file if "<a id=" in entry.msgid)
    other = next(entry for entry in file if "<a id=" not in entry.msgid)
    cited.msgstr = "without any citation"
    other.msgstr = f"{other.msgstr} anew"
    before = words()
    url = reverse("family_localisation:read_in", args=[programme.pk])
    outcomes = told(upload(editor, url, str(file), apply="on"))
    assert len(outcomes) == len(file)
    assert sum("a1" in outcome for outcome in outcomes) == 1
    assert words() == before


def test_words_that_differ_are_told_and_read_in(editor: Editor, centre: Translation) -> None:
    file = polib.pofile(to_po(exchange_of([centre], centre.target_locale)))
    changed = next(entry for entry in file if entry.msgctxt.partition("/")[2] != "slug")
    changed.msgstr = "Something for 98765 {people}"
    url = reverse("family_localisation:read_in", args=[centre.pk])
    outcomes = told(upload(editor, url, str(file), apply="on"))
    (line,) = [outcome for outcome in outcomes if "98765" in outcome]
    assert "cambiat" in line
    assert "Numeri che nell’originale non ci sono: 98765." in line
    assert "Segnaposto che nell’originale non ci sono: {people}." in line
    assert changed.msgstr in {row[4] for row in words()}


def test_trying_out_changes_nothing(editor: Editor, centre: Translation) -> None:
    file = polib.pofile(to_po(exchange_of([centre], centre.target_locale)))
    changed = next(entry for entry in file if entry.msgctxt.partition("/")[2] != "slug")
    changed.msgstr = "Something else"
    before = words()
    url = reverse("family_localisation:read_in", args=[centre.pk])
    upload(editor, url, str(file))
    assert words() == before
    upload(editor, url, str(file), apply="on")
    assert "Something else" in {row[4] for row in words()}
    assert len(words()) == len(before)


def test_sentence_that_changed_since_is_stale(editor: Editor, centre: Translation) -> None:
    out = exchange_of([centre], centre.target_locale)
    first = out.units[0]
    stale = Unit(first.object_id, first.path, f"{first.source} (before)", "Words", first.title)
    before = words()
    report = read_in(
        Exchange("it", "en", (*out.units[1:], stale)), centre.target_locale, editor.user
    )
    assert [line.number for line in report.lines if line.outcome == "error"] == [len(out.units)]
    assert (report.applied, words()) == (False, before)


@pytest.mark.parametrize(("source", "language"), [("it", "fr"), ("en", "en"), ("de", "en")])
def test_other_languages_are_refused(
    editor: Editor, centre: Translation, source: str, language: str
) -> None:
    out = exchange_of([centre], centre.target_locale)
    report = read_in(Exchange(source, language, out.units), centre.target_locale, editor.user)
    assert report.problem
    assert not report.applied


def test_unknown_object_is_refused(editor: Editor, centre: Translation) -> None:
    unit = Unit(uuid4(), "title", "A", "B")
    report = read_in(Exchange("it", "en", (unit,)), centre.target_locale, editor.user)
    assert [line.outcome for line in report.lines] == ["error"]


def test_only_what_is_missing_goes_out(editor: Editor, centre: Translation) -> None:
    url = reverse("family_localisation:missing", args=["en"])
    assert len(polib.pofile(editor.client.get(url).content.decode())) == 0
    row = StringTranslation.objects.filter(context__object_id=centre.source.object_id)[0]
    missing = row.translation_of.data
    row.delete()
    (entry,) = polib.pofile(editor.client.get(url).content.decode())
    assert (entry.msgid, entry.msgstr) == (missing, "")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"x" * 100])
def test_broken_upload_is_told_at_the_field(
    editor: Editor, centre: Translation, content: bytes
) -> None:
    url = reverse("family_localisation:read_in", args=[centre.pk])
    response = upload(editor, url, content, apply="on")
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert len(page.find_all(class_="error-message")) == 1
