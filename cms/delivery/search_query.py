"""Which entries have all the words that are looked for.

PostgreSQL's full text search knows the forms of words in each language; the migration that adds
its indexes names the same configurations. Other databases compare how words begin.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Final

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
    """Whether a vector has all of the words, as one PostgreSQL *configuration* reads them."""

    arity = 2
    output_field = BooleanField()

    def __init__(self, vector: F, words: Value, configuration: str) -> None:
        super().__init__(
            vector,
            words,
            template="(%(expressions)s))",
            arg_joiner=f" @@ plainto_tsquery('{configuration}'::regconfig, ",
        )


def with_words(
    entries: QuerySet[Entry], words: list[str], languages: Iterable[str], vendor: str
) -> QuerySet[Entry]:
    """Return those of *entries* that have all *words*, which must be folded.

    *languages* are those that entries may be in; each reads the words its own way.
    """
    condition = _full_text if vendor == "postgresql" else _beginnings
    listed = sorted({language_of(tag) for tag in languages})
    return entries.filter(reduce(or_, (condition(words, language) for language in listed)))


def _full_text(words: list[str], language: str) -> Q:
    configuration = CONFIGURATIONS.get(language, OTHER)
    matches = Matches(F("search_vector__vector"), Value(" ".join(words)), configuration)
    return Q(matches, search_vector__language=language)


def _beginnings(words: list[str], language: str) -> Q:
    wanted = [word for word in words if word not in _STOP_WORDS.get(language, ())]
    if not wanted:
        return Q(pk__in=())
    parts = (_contains(f" {beginning(word, language)}") for word in wanted)
    return reduce(and_, parts, Q(search__language=language))


def _contains(part: str) -> Q:
    """Return whether a text holds *part*, letter by letter: nothing in it is a wildcard."""
    return Q(GreaterThan(StrIndex("search__text", Value(part)), 0))


def beginning(word: str, language: str) -> str:
    """Return how a form of *word* begins; what has no known ending must be the whole word.

    A space at the end marks the end of the word.
    """
    if language in _ENDINGS and word.isalpha():
        for ending in _ENDINGS[language]:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                return word.removesuffix(ending)
        if len(word) > _SHORTEST:
            return word
    return f"{word} "
