"""What a sentence and its translation must have in common, however each language writes it."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.localisation.checking import Difference, differences, warnings

ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
TEXT = st.text(st.sampled_from("0123456789.,:h '٣٫٬\u00a0{}%sapm<>@x-"), max_size=30).map(
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;")
)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ore 9.30", "at 9:30"),
        ("ore 9.30", "à 9h30"),
        ("ore 9.30", "الساعة ٩:٣٠"),
        ("ore 9.00", "9 Uhr"),
        ("15-17", "3–5 pm"),
        ("1.500 posti", "1,500 seats"),
        ("1.500 posti", "1\u202f500 places"),
        ("1.500 posti", "١٬٥٠٠ مقعد"),
        ("3,5 km", "3.5 km"),
        ("3,5 km", "٣٫٥ كم"),
        ("€ 1.234,56", "€1,234.56"),
        ("12.05.2024", "12/5/2024"),
        ("il 50% dei posti", "50 % of the seats"),
        ("Ciao {nome}, %(n)s su %s", "%(n)s of %s, {nome}"),
        ("Vedi www.example.org.", "See www.example.org, please"),
        ('<a id="a1">Uno</a> e <a id="a2">due</a>', '<a id="a2">Two</a>, <a id="a1">one</a>'),
        ("Tutto", ""),
    ],
)
def test_the_same_written_otherwise(source: str, words: str) -> None:
    assert differences(source, words) == []


@pytest.mark.parametrize(
    ("source", "words", "found"),
    [
        ("3,5 km", "35 km", Difference("number", ("3,5",), ("35",))),
        ("ore 9.30", "at 9:03", Difference("number", ("9.30",), ("9:03",))),
        ("tel. 0331", "tel. 331", Difference("number", ("0331",), ("331",))),
        ("art. 2.10", "art. 2.1", Difference("number", ("2.10",), ("2.1",))),
        ("dalle 9 alle 9", "from 9", Difference("number", ("9",), ())),
        ("{nome}", "{name}", Difference("placeholder", ("{nome}",), ("{name}",))),
        ("%s di %(n)s", "%s", Difference("placeholder", ("%(n)s",), ())),
        ("a@b.it", "a@b.com", Difference("address", ("a@b.it",), ("a@b.com",))),
        ('<a id="a1">Legge</a>', "Law", Difference("link", ("“Legge” (a1)",), ())),
        ("Legge", '<a id="a9">Law</a>', Difference("link", (), ("“Law” (a9)",))),
    ],
)
def test_what_differs_is_named_as_it_is_written(source: str, words: str, found: Difference) -> None:
    assert differences(source, words) == [found]


@given(TEXT)
def test_a_sentence_differs_in_nothing_from_itself(text: str) -> None:
    assert differences(text, text) == []


@given(TEXT, TEXT)
def test_what_one_lacks_the_other_has_besides(one: str, other: str) -> None:
    if not one.strip() or not other.strip():
        return
    there, back = differences(one, other), differences(other, one)
    assert [(item.kind, len(item.missing), len(item.extra)) for item in there] == [
        (item.kind, len(item.extra), len(item.missing)) for item in back
    ]


@given(st.lists(st.decimals(min_value=0, max_value=10**7, places=2), min_size=1, max_size=5))
def test_numbers_are_equal_in_italian_english_and_arabic(values: list[object]) -> None:
    english = "; ".join(f"{value:,}" for value in values)
    italian = english.translate(str.maketrans(".,", ",."))
    assert differences(italian, english) == []
    assert differences(italian, english.translate(ARABIC)) == []
    assert differences(f"{italian}; 99999999", english) == [Difference("number", ("99999999",), ())]


def test_a_slug_is_chosen_freely() -> None:
    assert warnings("estate-2024", "summer", "slug") == []
    assert len(warnings("estate-2024", "summer", "title")) == 1


def test_the_warning_is_in_the_language_of_its_reader() -> None:
    with translation.override("it"):
        (told,) = warnings("ore 9.30 e 15", "at noon")
    assert told == "Mancano numeri dell’originale: 9.30, 15."
    with translation.override("en"):
        (told,) = warnings("ore", "at 9")
    assert told == "Numbers are not in the source: 9."
