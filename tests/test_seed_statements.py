"""Each statement of the page that the project was born from has one place in page and API."""

from __future__ import annotations

import pytest

from tests.reading import Reader

PROGRAMME = {"it": "/it/centri-per-le-famiglie/", "en": "/en/family-centres/"}
SEVEN = {"it": "sette", "en": "seven"}
# statement, selector in the page, path in the document, words in Italian, words in English
STATEMENTS = [
    ("S1", "purpose", "purpose.text", "ciclo di vita", "life cycle"),
    ("S2", "means", "means", "Orientamento", "Guidance"),
    ("S3", "management", "management_note.text", "enti pubblici", "public bodies"),
    ("S4", "origin", "origin.text", "prima sperimentazione", "first trial"),
    ("S5", "network", "network_note.text", "in rete", "network"),
    ("S6", "objective", "objective.text", "flessibile e articolato", "flexible and varied"),
    ("S7", "service-forms", "service_forms.*.title", "Banche del tempo", "Time banks"),
    ("S8", "audience", "audience_note.text", "tutte le famiglie", "all families"),
    ("S9", "critical-moments", "critical_moments.*.title", "Perdita", "Loss"),
    ("S10", "sharing", "sharing.text", "altre famiglie", "other families"),
    ("S11", "community-role", "community_role.text", "risorsa per il territorio", "resource"),
    ("S12", "presence", "presence.in_words", "sette centri", "seven centres"),
    ("S13", "funding", "funding.*.title", "Risorse regionali", "Regional resources"),
    ("S14", "activity-types", "activity_types.*.title", "caregiver", "carers"),
    ("S15", "access", "access.note.text", "senza pagare", "free of charge"),
]
NUMBERS = {
    "means": 3,
    "service-forms": 6,
    "critical-moments": 4,
    "funding": 2,
    "activity-types": 10,
}


def _at(document: object, path: str) -> str:
    """Return the text at *path*; ``*`` joins the items of a list."""
    value = document
    for step in path.split("."):
        if step == "*":
            continue
        value = [item[step] for item in value] if isinstance(value, list) else value[step]  # type: ignore[index]
    return "\n".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize(("row", "selector", "path", "it", "en"), STATEMENTS)
def test_statement_stands_in_page_and_document(
    reader: Reader, row: str, selector: str, path: str, it: str, en: str, locale: str
) -> None:
    words = it if locale == "it" else en
    found = reader.page(PROGRAMME[locale]).select(f'[data-statement="{selector}"]')
    assert len(found) == 1, row
    assert words in found[0].get_text(), row
    (document,) = reader.items("programmes", locale)
    assert words in _at(document, path), row
    if selector in NUMBERS:
        assert len(found[0].select("li")) == NUMBERS[selector]


@pytest.mark.parametrize("locale", ["it", "en"])
def test_legal_basis_has_the_three_acts_in_their_roles(reader: Reader, locale: str) -> None:
    expected = [
        ("dgr-2315-2019", "first_trial"),
        ("dgr-5392-2021", "update"),
        ("dgr-1507-2023", "update"),
    ]
    (document,) = reader.items("programmes", locale)
    assert [(row["act"]["key"], row["role"]["code"]) for row in document["legal_basis"]] == expected
    rows = reader.page(PROGRAMME[locale]).select('[data-statement="legal-basis"] li')
    assert [(row["data-act"], row["data-role"]) for row in rows] == expected


@pytest.mark.parametrize("locale", ["it", "en"])
def test_citations_lead_to_the_acts_on_their_page(reader: Reader, locale: str) -> None:
    page = reader.page(PROGRAMME[locale])
    links = [link["href"] for link in page.select('[data-statement="origin"] a')]
    assert len(links) == 3
    for link in links:
        address, _hash, anchor = link.partition("#")
        assert f"/{locale}/" in address
        assert reader.page(address).find(id=anchor) is not None


@pytest.mark.parametrize("locale", ["it", "en"])
def test_number_of_centres_is_counted_and_access_is_stated(reader: Reader, locale: str) -> None:
    (document,) = reader.items("programmes", locale)
    assert document["presence"]["number"] == 7
    assert SEVEN[locale] in document["presence"]["in_words"]
    assert document["access"]["direct"]["code"] == document["access"]["free"]["code"] == "yes"
    cards = reader.page(PROGRAMME[locale]).select('[data-statement="centres"] li a')
    assert [card.get_text() for card in cards] == [
        centre["title"] for centre in document["presence"]["centres"]
    ]


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("channel", ["accessibility-report", "experience-rating"])
def test_feedback_channels_have_their_places(reader: Reader, locale: str, channel: str) -> None:
    page = reader.page(PROGRAMME[locale])
    assert len(page.select(f'#{channel}[data-statement="{channel}"]')) == 1
    (document,) = reader.items("programmes", locale)
    (found,) = [item for item in document["feedback_channels"] if item["kind"] == channel]
    assert found["url"] == f"{document['html_url']}#{channel}"


@pytest.mark.parametrize("locale", ["it", "en"])
def test_back_to_top(reader: Reader, locale: str) -> None:
    page = reader.page(PROGRAMME[locale])
    (link,) = page.select('a[data-element="back-to-top"]')
    assert link["href"] == "#top"
    assert page.find(id="top") is not None


def test_official_names_of_the_ten_activities_are_exact(reader: Reader) -> None:
    (document,) = reader.items("programmes")
    names = [term["title"] for term in document["activity_types"]]
    assert names[3] == (
        "Spazi di ascolto anche “tempestivo” per minori preadolescenti e adolescenti e loro "
        "genitori, anche in raccordo con altri interventi già presenti sui territori"
    )
    assert names[9] == "Interventi che favoriscono la conciliazione vita lavoro"
