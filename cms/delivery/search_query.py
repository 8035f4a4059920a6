"""Which entries have all the words that are looked for.

PostgreSQL's full text search knows the forms of words in each language; the migration that adds
its indexes names the same configurations. Other databases compare how words begin.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from cms.delivery.models import Entry
from cms.delivery.search_text import language_of

CONFIGURATIONS: Final = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ro": "romanian",
}
OTHER: Final = "simple"
"""The configuration of every other language: words as they are."""

OFFICIAL: Final = "it"
"""The language of names of bodies, places and acts, which stand in texts of every language."""

_ITALIAN_STOP_WORDS = """
a ad ai al alla alle allo c che con da dal dalla dalle dei del dell della delle dello di e ed gli i
il in l la le lo nei nel nell nella nelle o per su sul sulla tra un una uno
"""
_ENGLISH_STOP_WORDS = "a an and at by for from in is of on or s the to with"
_STOP_WORDS: Final = {
    "it": frozenset(_ITALIAN_STOP_WORDS.split()),
    "en": frozenset(_ENGLISH_STOP_WORDS.split()),
}

_ENDINGS: Final = {
    "it": ("ie", "ia", "io", "ii", "he", "hi", "a", "e", "i", "o"),
    "en": ("ies", "es", "s", "y", "e"),
}

_SHORTEST = 3
"""Letters that an ending leaves at least."""


class Matches(Func):
    """Whether a vector has all *words*, each as one of PostgreSQL's *configurations* reads it."""

    output_field = BooleanField()

    def __init__(self, vector: F, words: list[str], configurations: list[str]) -> None:
        forms = [
            Func(
                Value(word),
                template=f"plainto_tsquery('{configuration}'::regconfig, %(expressions)s)",
            )
            for word in words
            for configuration in configurations
        ]
        either = f"({' || '.join(['%s'] * len(configurations))})"
        self.pattern = f"(%s @@ ({' && '.join([either] * len(words))}))"
        super().__init__(vector, *forms)

    def as_sql(self, compiler: Any, *args: Any, **context: Any) -> Any:
        compiled = [compiler.compile(source) for source in self.source_expressions]
        parameters = tuple(value for _sql, values in compiled for value in values)
        return self.pattern % tuple(sql for sql, _values in compiled), parameters


def with_words(
    entries: QuerySet[Entry], words: list[str], languages: Iterable[str], vendor: str
) -> QuerySet[Entry]:
    """Return those of *entries* that have all *words*, which must be folded.

    *languages* are those that entries may be in; each reads the words its own way.
    """
    condition = _full_text if vendor == "postgresql" else _beginnings
    listed = sorted({language_of(tag) for tag in languages})
    return entries.filter(reduce(or_, (condition(words, language) for language in listed)))


def _languages(language: str) -> list[str]:
    """Return in which languages the words of an entry are read: official names are Italian."""
    return list(dict.fromkeys((language, OFFICIAL)))


def _full_text(words: list[str], language: str) -> Q:
    configurations = [CONFIGURATIONS.get(each, OTHER) for each in _languages(language)]
    matches = Matches(F("search_vector__vector"), words, configurations)
    return Q(matches, search_vector__language=language)


def _beginnings(words: list[str], language: str) -> Q:
    listed = _languages(language)
    wanted = [word for word in words if word not in _STOP_WORDS.get(language, ())]
    if not wanted:
        return Q(pk__in=())
    found = Q(search__language=language)
    for word in wanted:
        beginnings = dict.fromkeys(f" {beginning(word, each)}" for each in listed)
        found &= reduce(or_, (_contains(part) for part in beginnings))
    return found


def _contains(part: str) -> Q:
    """Return whether a text holds *part*, letter by letter: nothing in it is a wildcard."""
    return Q(GreaterThan(StrIndex("search__text", Value(part)), 0))


def beginning(word: str, language: str) -> str:
    """Return how the forms of *word* begin; what has none but itself ends with a space.

    An Italian word without a vowel at its end is a foreign one, the same in singular and plural.
    """
    if language in _ENDINGS and word.isalpha():
        for ending in _ENDINGS[language]:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                return word.removesuffix(ending)
        if language == "en" and len(word) > _SHORTEST:
            return word
    return f"{word} "
