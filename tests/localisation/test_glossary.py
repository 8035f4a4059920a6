"""Terms that a language keeps or says its own way: found as whole words, told, kept by few."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.localisation.changes import changes
from cms.localisation.checking import warnings
from cms.localisation.exchange.importing import read_in
from cms.localisation.exchange.units import Exchange, Unit, exchange_of
from cms.localisation.glossary import Glossary, Term
from cms.localisation.models import GlossaryTerm
from tests.editor import Editor
from tests.localisation.test_roles import _client, french
from tests.localisation.translated_centre import centre, translation_of

__all__ = ["french"]

CENTRE = Term(
    ("Centro per le famiglie", "Centri per le famiglie"), ("family centre", "family centres")
)
SHORT = Term(("Centro",), ("hub",))
AGENCY = Term(("ATS Insubria",), ("ATS Insubria",), keep=True, case_sensitive=True)
GLOSSARY = Glossary([SHORT, CENTRE, AGENCY])


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Un Centro  per le Famiglie", [CENTRE]),
        ("I <b>centri</b> per le\u00a0famiglie e un centro", [CENTRE, SHORT]),
        ("Il centrocampo e i centri", []),
        ("Dell’ATS Insubria, all'ATS Insubria", [AGENCY]),
        ("ats insubria", []),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words_in_listed_forms(sentence: str, found: list[Term]) -> None:
    assert GLOSSARY.used_in(sentence) == found


@pytest.mark.parametrize(
    ("source", "words", "told"),
    [
        ("Il Centro per le famiglie", "The Family Centre", 0),
        ("Il Centro per le famiglie", "The <i>family</i> centres", 0),
        ("Il Centro per le famiglie", "The familycentre", 1),
        ("Il Centro per le famiglie", "", 0),
        ("ATS Insubria", "The agency", 1),
        ("ATS Insubria", "ats insubria", 1),
        ("Il Centro di ATS Insubria", "The house", 2),
    ],
)
def test_words_that_do_not_follow_are_told(source: str, words: str, told: int) -> None:
    assert len(warnings(source, words, "title", GLOSSARY)) == told
    assert warnings(source, words, "slug", GLOSSARY) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"source": " - ", "translation": "x"}, "source"),
        ({"source": "A"}, "translation"),
        ({"source": "A", "keep": True, "translation": "B"}, "translation"),
        ({"source": "A", "translation": "B", "locale": "it"}, "locale"),
    ],
)
def test_a_term_that_nothing_could_follow_is_refused(fields: dict[str, Any], wrong: str) -> None:
    locale = Locale.objects.get(language_code=fields.pop("locale", "en"))
    with pytest.raises(ValidationError) as raised:
        GlossaryTerm(locale=locale, **fields).full_clean()
    assert set(raised.value.message_dict) == {wrong}


def test_page_of_changes_and_import_tell_it(editor: Editor) -> None:
    translation = translation_of(centre())
    out = exchange_of([translation], translation.target_locale)
    unit = next(unit for unit in out.units if unit.path != "slug" and " " in unit.source)
    word = unit.source.split()[0]
    GlossaryTerm.objects.create(
        locale=translation.target_locale, source=word, translation="unheard-of"
    )
    listed = [item for item in changes(translation) if item.terms]
    assert listed
    assert all("unheard-of" in "".join(item.warnings) for item in listed if item.words)
    lines = read_in(
        Exchange("it", "en", (Unit(*unit.place, "Words", unit.title),)),
        translation.target_locale,
        editor.user,
        apply=False,
    ).lines
    assert "unheard-of" in "".join(lines[0].warnings)
    url = reverse("family_localisation:changes", args=[translation.pk])
    assert "unheard-of" in editor.client.get(url).content.decode()


def _url(view: str, *args: Any) -> str:
    return reverse(GlossaryTerm.snippet_viewset.get_url_name(view), args=args)


def _answers(locale: Locale, **changed: str) -> dict[str, Any]:
    return {
        "locale": locale.pk, "source": "Sportello", "source_forms": "Sportelli\n\n Sportelli ",
        "translation": "Desk", "translation_forms": "", "note": "", **changed,
    }  # fmt: skip


def _kept() -> set[tuple[str, str]]:
    return set(GlossaryTerm.objects.values_list("locale__language_code", "source"))


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("administrator", {"en", "fr"}),
        ("publisher", {"en", "fr"}),
        ("translator", {"en"}),
        ("editor", set()),
        ("officer", set()),
    ],
)
def test_who_keeps_the_glossary_of_which_language(
    role: str, allowed: set[str], french: Locale
) -> None:
    english = Locale.objects.get(language_code="en")
    GlossaryTerm.objects.all().delete()
    client: Client = _client(role)
    for locale in (english, french):
        client.post(_url("add"), _answers(locale))
    assert _kept() == {(language, "Sportello") for language in allowed}
    if "en" in allowed:
        assert set(GlossaryTerm.objects.values_list("source_forms", flat=True)) == {"Sportelli"}
    GlossaryTerm.objects.all().delete()
    terms = [
        GlossaryTerm.objects.create(locale=locale, source="Sede", translation="x")
        for locale in (english, french)
    ]
    for term in terms:
        client.post(_url("edit", term.pk), _answers(term.locale, source="Sedi"))
    edited = {language for language, source in _kept() if source == "Sedi"}
    assert edited == allowed
    if role == "translator":
        # Nor is a term moved into another language.
        client.post(_url("edit", terms[0].pk), _answers(french, source="Altro"))
        assert ("fr", "Altro") not in _kept()
    for term in terms:
        client.post(_url("delete", term.pk))
    assert {language for language, _source in _kept()} == {"en", "fr"} - allowed
