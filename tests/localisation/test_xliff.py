"""XLIFF 2.0: valid, the identity out and in, and read from hostile hands."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from centres.models import CentrePage, ProgrammePage
from cms.localisation.exchange.formats import read_file
from cms.localisation.exchange.importing import read_in
from cms.localisation.exchange.units import (
    Exchange,
    ExchangeError,
    Unit,
    exchange_of,
    normalised,
)
from cms.localisation.exchange.xliff import from_xliff, to_xliff
from tests.editor import Editor
from tests.localisation.test_exchange import told, translation_of, upload, words
from tests.localisation.xliff_rules import NAMESPACE, broken_rules

KEY = UUID(int=7)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                '<a id="a1">', "</a>", "<b>", "</b>", "<br/>", "{name}", "%(n)s", " ", "\r", "\x0b",
                "&amp;", "&lt;b&gt;", "<i></i>", "“", "\u202b", "]]>",
            ]
        ),
        TEXT.map(lambda text: StringValue.from_plaintext(text).data),
    ),
    max_size=12,
).map("".join)  # fmt: skip


def a_file(units: str, version: str = "2.0", attributes: str = "") -> bytes:
    family = version if version != "2.1" else "2.0"
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:{family}" version="{version}" '
        f'srcLang="it" trgLang="en"><file id="{KEY}"{attributes}>{units}</file></xliff>'
    ).encode()


def a_unit(source: str, target: str, data: str = "", state: str = "translated") -> bytes:
    kept = f"<originalData>{data}</originalData>" if data else ""
    return a_file(
        f'<unit id="u" name="title">{kept}<segment state="{state}"><source>{source}</source>'
        f"<target>{target}</target></segment></unit>"
    )


def read_unit(content: bytes) -> Unit:
    (unit,) = from_xliff(content).units
    return unit


@pytest.fixture
def everything(db: None) -> Exchange:
    english = Locale.objects.get(language_code="en")
    return exchange_of(Translation.objects.filter(target_locale=english), english)


@pytest.fixture
def programme(db: None) -> Translation:
    return translation_of(ProgrammePage.objects.get(locale__language_code="it"))


@pytest.fixture
def centre(db: None) -> Translation:
    return translation_of(CentrePage.objects.get(locale__language_code="it", slug="saronno"))


def test_round_trip_of_everything_is_the_identity(editor: Editor, everything: Exchange) -> None:
    assert any("<a id=" in unit.target for unit in everything.units)
    document = to_xliff(everything)
    assert broken_rules(document) == []
    assert from_xliff(document.encode()) == everything
    before = words()
    locale = Locale.objects.get(language_code="en")
    report = read_in(from_xliff(document.encode()), locale, editor.user)
    assert report.applied
    assert report.count("same") == len(everything.units)
    assert words() == before


@given(PIECES, PIECES)
def test_any_sentence_comes_back_as_it_was(source: str, target: str) -> None:
    source, target = normalised(source), normalised(target)
    unit = Unit(KEY, "body", source, target, "A title")
    document = to_xliff(Exchange("it", "en", (unit,)))
    assert broken_rules(document) == []
    # Words that are those of the source count, because the state says that they were written.
    assert from_xliff(document.encode()).units == (unit,)


def test_a_code_is_the_same_in_source_and_target() -> None:
    unit = Unit(
        KEY,
        "body",
        '<a id="a1">Uno</a> e <b><a id="a2">due</a></b> di {n}',
        'Of {n}: <a id="a2">two</a>, <i>and</i> <a id="a1">one</a>',
    )
    document = to_xliff(Exchange("it", "en", (unit,)))
    assert broken_rules(document) == []
    root = fromstring(document)
    of_source, of_target = (
        {"".join(code.itertext()): code.get("id") for code in side.iter(f"{NAMESPACE}pc")}
        for name in ("source", "target")
        for side in root.iter(f"{NAMESPACE}{name}")
    )
    assert of_source["Uno"] == of_target["one"]
    assert of_source["due"] == of_target["two"]
    assert of_target["and"] not in of_source.values()
    assert [code.get("disp") for code in root.iter(f"{NAMESPACE}ph")] == ["{n}", "{n}"]


def test_arabic_runs_from_right_to_left() -> None:
    document = to_xliff(Exchange("it", "ar", (Unit(KEY, "title", "Uno", "واحد"),)))
    assert 'srcDir="ltr" trgDir="rtl"' in document
    assert broken_rules(document) == []


def test_words_that_were_lost_come_back(editor: Editor, centre: Translation) -> None:
    out = exchange_of([centre], centre.target_locale)
    before = {row[4] for row in words()}
    StringTranslation.objects.filter(context__object_id=centre.source.object_id).delete()
    report = read_in(from_xliff(to_xliff(out).encode()), centre.target_locale, editor.user)
    assert (report.applied, report.count("new")) == (True, len(out.units))
    assert {row[4] for row in words()} == before
    assert not StringTranslation.objects.filter(has_error=True).exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # What tools may write though this site does not.
        (a_unit("A", "B", state="final"), ("A", "B")),
        (a_unit("A", "A", state="initial"), ("A", "")),
        (a_unit("A", "A", state="reviewed"), ("A", "A")),
        (a_unit("A", "B", state="initial"), ("A", "B")),
        (a_unit("A", '<mrk id="m" type="term">B</mrk>C<cp hex="0007"/>'), ("A", "BC\x07")),
        (a_unit("A", '<pc id="9" type="fmt" subType="xlf:b">B</pc>'), ("A", "<b>B</b>")),
        (
            a_unit(
                '<pc id="1" dataRefStart="s" dataRefEnd="e">A</pc>',
                '<sc id="1" dataRef="s"/>B<ec startRef="1"/>',
                '<data id="s">&lt;a id="a1"&gt;</data><data id="e">&lt;/a&gt;</data>',
            ),
            ('<a id="a1">A</a>', '<a id="a1">B</a>'),
        ),
        (
            a_file(
                '<group id="g"><unit id="u" name="title"><segment><source>A. </source>'
                '<target order="3">Z</target></segment><ignorable><source> </source></ignorable>'
                '<segment><source>B</source><target order="1">Y</target></segment></unit></group>'
            ),
            ("A.  B", "Y Z"),
        ),
        (
            a_file(
                '<unit id="u" name="title"><segment state="translated"><source>A</source>'
                "<target>Y</target></segment><segment><source>B</source></segment></unit>"
            ),
            ("AB", ""),
        ),
        (
            a_file(
                '<unit id="u" name="title"><m:matches xmlns:m="urn:x"><m:match><source>no</source>'
                "<target>no</target></m:match></m:matches><segment><source>A</source></segment></unit>",
                version="2.1",
            ),
            ("A", ""),
        ),
    ],
)
def test_what_tools_write_is_read(content: bytes, expected: tuple[str, str]) -> None:
    unit = read_unit(content)
    assert (unit.problem, unit.source, unit.target) == ("", *expected)


@pytest.mark.parametrize(
    "target",
    [
        '<ph id="1" dataRef="none"/>',
        '<ph id="1"/>',
        '<cp hex="0000"/>',
        '<cp hex="D800"/>',
        '<cp hex="words"/>',
        "<x/>",
        '<pc id="1" type="fmt" subType="xlf:b">' * 60 + "</pc>" * 60,
    ],
)
def test_a_code_that_stands_for_nothing_is_an_error_of_its_line(
    editor: Editor, everything: Exchange, target: str
) -> None:
    unit = read_unit(a_unit("A", target))
    assert unit.problem
    first = everything.units[0]
    lame = Unit(first.object_id, first.path, "A", "", "", problem=unit.problem)
    report = read_in(
        Exchange("it", "en", (*everything.units[1:], lame)),
        Locale.objects.get(language_code="en"),
        editor.user,
    )
    assert [line.problem for line in report.lines if line.problem] == [unit.problem]
    assert not report.applied


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB.encode() + a_unit("A", "&i;"), "entità"),
        (OUTSIDE.encode() + a_unit("A", "&e;"), "entità"),
        (b'<!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd">' + a_unit("A", "B"), "entità"),
        (a_unit("A", "\0"), "XLIFF"),
        (a_unit("A", "B")[:-9], "XLIFF"),
        (b"<html></html>", "html"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "XLIFF"),
        (a_unit("A", "B").decode().encode("utf-16")[:-1], "XLIFF"),
        (
            b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file/></xliff>',
            "XLIFF 1.2",
        ),
        (a_file("", version="2.2"), "XLIFF 2.2"),
        (a_unit("A", "B").replace(b'trgLang="en"', b""), "lingue"),
        (a_unit("A", "B").replace(str(KEY).encode(), b"elsewhere"), "elsewhere"),
        (a_unit("A", "B").replace(b' name="title"', b""), "unit"),
        (b"x" * 100, "PO"),
        (__file__.encode(), "PO"),
        (b"\xff\xff\xff", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, told: str) -> None:
    with translation.override("it"), pytest.raises(ExchangeError) as raised:
        read_file(content)
    assert told in str(raised.value)


def test_wide_characters_are_read() -> None:
    assert read_file(a_unit("A", "é").decode().encode("utf-16")).units[0].target == "é"


def test_deeply_nested_words_are_refused_at_their_line(
    editor: Editor, everything: Exchange
) -> None:
    first = next(unit for unit in everything.units if unit.target)
    deep = Unit(first.object_id, first.path, first.source, "<b>" * 3000 + "x" + "</b>" * 3000)
    report = read_in(
        Exchange("it", "en", (deep,)), Locale.objects.get(language_code="en"), editor.user
    )
    assert [line.outcome for line in report.lines] == ["error"]


# Through the views


def test_subtree_goes_out_and_in(editor: Editor, programme: Translation) -> None:
    url = reverse("family_localisation:download_xliff", args=[programme.pk])
    alone = editor.client.get(url)
    assert alone["Content-Type"] == "application/xliff+xml"
    assert alone["Content-Disposition"].endswith('.en.xlf"')
    whole = editor.client.get(url, {"subtree": "1"}).content.decode()
    assert broken_rules(whole) == []
    assert len(fromstring(whole.encode()).findall(f"{NAMESPACE}file")) > 5
    url = reverse("family_localisation:read_in", args=[programme.pk])
    outcomes = told(upload(editor, url, whole, apply="on"))
    assert len(outcomes) == whole.count("<unit ")
    assert {outcome.strip() for outcome in outcomes} == {"invariata"}


def test_file_of_another_page_or_language_or_source_is_refused(
    editor: Editor, programme: Translation, centre: Translation
) -> None:
    url = reverse("family_localisation:download_xliff", args=[programme.pk])
    document = editor.client.get(url).content.decode()
    before = words()
    at = reverse("family_localisation:read_in", args=[centre.pk])
    outcomes = told(upload(editor, at, document, apply="on"))
    assert outcomes
    assert all("altra pagina" in outcome for outcome in outcomes)
    at = reverse("family_localisation:read_in", args=[programme.pk])
    response = upload(editor, at, document.replace('trgLang="en"', 'trgLang="fr"'), apply="on")
    assert "«fr»" in response.content.decode()
    stale = document.replace("<source>", "<source>Prima: ", 1)
    outcomes = told(upload(editor, at, stale, apply="on"))
    assert sum("più" in outcome for outcome in outcomes) == 1
    assert words() == before


def test_only_what_is_missing_goes_out(editor: Editor, centre: Translation) -> None:
    url = reverse("family_localisation:missing_xliff", args=["en"])
    # A document without a sentence would not be valid.
    response = editor.client.get(url, follow=True)
    assert response.redirect_chain == [(reverse("family_localisation:progress"), 302)]
    assert "Non c’è nessuna frase da tradurre." in response.content.decode()
    row = StringTranslation.objects.filter(context__object_id=centre.source.object_id)[0]
    missing = row.translation_of.data
    row.delete()
    document = editor.client.get(url).content.decode()
    (unit,) = from_xliff(document.encode()).units
    assert (unit.source, unit.target) == (missing, "")
    assert f'{NAMESPACE[1:-1]}" version="2.0"' in document


def test_a_file_that_is_too_large_is_told_at_the_field(
    editor: Editor, centre: Translation, monkeypatch: Any
) -> None:
    url = reverse("family_localisation:read_in", args=[centre.pk])
    content = a_unit("A", "B" * (20 * 1024 * 1024))
    page = BeautifulSoup(upload(editor, url, content, apply="on").content, "html.parser")
    (error,) = page.find_all(class_="error-message")
    assert "10 MB" in error.get_text()


def test_page_offers_both_formats(editor: Editor, centre: Translation) -> None:
    page = editor.client.get(reverse("family_localisation:changes", args=[centre.pk]))
    body = page.content.decode()
    for name in ("download", "download_xliff"):
        url = reverse(f"family_localisation:{name}", args=[centre.pk])
        assert f'"{url}"' in body
        assert f'"{url}?subtree=1"' in body


def test_unknown_object_is_refused(editor: Editor, centre: Translation) -> None:
    document = to_xliff(Exchange("it", "en", (Unit(uuid4(), "title", "A", "B"),)))
    report = read_in(from_xliff(document.encode()), centre.target_locale, editor.user)
    assert [line.outcome for line in report.lines] == ["error"]
