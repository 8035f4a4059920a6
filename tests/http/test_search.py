"""``q``: all words, in any form, in the language that each entry is in."""

from __future__ import annotations

import uuid
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import CentrePage
from cms.delivery.models import Entry, SearchText
from cms.delivery.search_text import words_of
from tests.editing import change, italian_centres
from tests.http.test_filters import ids
from tests.reading import RESOURCES, Reader


def found(reader: Reader, words: str, resource: str = "centres", locale: str = "it") -> set[str]:
    answer = reader.json(f"/api/v1/{resource}?limit=100&locale={locale}&q={quote(words)}")
    return {item["id"] for item in answer["items"]}


@pytest.fixture
def page(db: None) -> CentrePage:
    summary = (
        "Attività per neonati e gestanti: perché l'età conta. Sportello n. 12/B, 100% gratuito."
    )
    return change(italian_centres()[0], summary=summary)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("neonati", True),
        ("neonato", True),
        ("NEONATI gestanti", True),
        ("gestante, neonato!", True),
        ("attivita", True),
        ("ATTIVITÀ perché", True),
        ("attivita\u0300", True),
        ("l’età dei neonati", True),
        ("12/B", True),
        ("100%", True),
        ("sportelli", True),
        ("neonati astronauti", False),
        ("sport", False),
        ("eonati", False),
        ("9%i", False),
        ("sport_llo", False),
        ("12%", True),
    ],
)
def test_words(reader: Reader, page: CentrePage, words: str, is_found: bool) -> None:
    assert (str(page.translation_key) in found(reader, words)) is is_found


def test_family_in_any_form_finds_all_centres_that_name_it(reader: Reader) -> None:
    named = {
        centre["id"]
        for centre in reader.items("centres")
        if any(word.startswith("famigli") for word in words_of(centre["title"]))
    }
    assert len(named) > 3
    for form in ("famiglia", "famiglie", "Famiglie", "FAMIGLIA"):
        assert named <= found(reader, form)
        assert named <= found(reader, form, locale="en")
    centres = {item["id"] for item in reader.items("centres") if "Centro" in item["title"]}
    assert centres
    assert centres <= found(reader, "centri")


def test_english_words_find_what_is_in_english_only(reader: Reader) -> None:
    translated = [item for item in reader.items("activity-types", "en") if not item["is_fallback"]]
    named = {item["id"] for item in translated if "families" in words_of(item["title"])}
    assert named
    assert named <= found(reader, "family", "activity-types", "en")
    assert not found(reader, "family listening families", "activity-types", "it")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("2315/2019", "DGR 2315/2019"),
        ("dgr 1507 2023", "DGR 1507/2023"),
        ("XII/1507", "DGR 1507/2023"),
        ("13 dicembre 2023", "DGR 1507/2023"),
    ],
)
def test_acts_are_found_by_both_forms_of_their_citation(
    reader: Reader, words: str, title: str
) -> None:
    """Acts whose own words cite it are found too."""
    acts = {item["id"]: item["title"] for item in reader.items("legal-references")}
    titles = {acts[key] for key in found(reader, words, "legal-references")}
    assert title in titles
    assert len(titles) <= 2 < len(acts)


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_is_found_by_its_title(reader: Reader, resource: str, locale: str) -> None:
    items = reader.items(resource, locale)
    for item in items[:8]:
        words = " ".join(item["title"].split()[:10])
        assert item["id"] in found(reader, words, resource, locale), words
    assert items


def test_places_bodies_and_activities_of_a_centre_are_found(reader: Reader) -> None:
    checked = 0
    for centre in reader.items("centres"):
        names = [seat["place"]["name"]["text"] for seat in centre["seats"]]
        names += [
            seat["place"]["address"]["street"]["text"]
            for seat in centre["seats"]
            if "street" in seat["place"]["address"]
        ]
        names += [comune["name"]["text"] for comune in centre["comuni"]]
        names += [body["organisation"]["title"] for body in centre["bodies"]]
        names += [activity["value"]["title"] for activity in centre["activities"]]
        for name in names:
            words = " ".join(words_of(name)[:12])
            assert centre["id"] in found(reader, words), name
            checked += 1
    assert checked > 50


def test_what_is_looked_for_narrows_with_each_word(reader: Reader) -> None:
    both = found(reader, "famiglie Varese")
    assert both
    assert both == found(reader, "famiglie") & found(reader, "Varese")
    assert set(ids(reader, "q=famiglie&province=VA")) == found(reader, "famiglie") & set(
        ids(reader, "province=VA")
    )


@pytest.mark.postgres
def test_postgresql_uses_the_index_of_each_language(reader: Reader) -> None:
    entries = Entry.objects.bulk_create(
        Entry(
            resource="centres",
            public_id=uuid.uuid4(),
            locale="it" if number % 2 else "en",
            sort_key=f"{number:06d}",
            document="{}",
            summary="{}",
            sequence=10_000_000 + number,
        )
        for number in range(4000)
    )
    SearchText.objects.bulk_create(
        SearchText(entry=entry, language=entry.locale, text=f" comune parola{number} altro ")
        for number, entry in enumerate(entries)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        reader.json("/api/v1/centres?q=parola7&locale=en")
    with connection.cursor() as cursor:
        # So few short rows are read as fast in other ways: what is asked is whether the index can
        # be used, so all others are taken away.
        for way in ("seqscan", "indexscan", "indexonlyscan", "nestloop"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {queries.captured_queries[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "search_text_it" in plan
    assert "search_text_en" in plan
