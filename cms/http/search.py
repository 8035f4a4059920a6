"""The filter ``q``: entries that have all of some words, in the language that each is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db import connections
from django.db.models import QuerySet
from django.http import HttpRequest

from cms.delivery.models import Entry
from cms.delivery.search_query import with_words
from cms.delivery.search_text import words_of
from cms.http.filters import Narrowing, declare_everywhere
from cms.http.locales import configured
from cms.http.parameters import Parameter, read_one

MAX_WORDS = 20


def words(text: str) -> list[str]:
    """Read the folded words of *text*, or raise ``ValueError``."""
    found = words_of(text)
    if not 1 <= len(found) <= MAX_WORDS:
        raise ValueError(f"Use from one to {MAX_WORDS} words of letters and digits.")
    return found


@dataclass(frozen=True)
class SearchFilter:
    """Entries with all of the given words, whatever their form, case and accents."""

    PARAMETER: ClassVar = Parameter(
        "q",
        "Only what has all of these words, in any form; case and accents do not matter. From one "
        "to 20 words of letters and digits, of any script.",
        {"type": "string", "minLength": 1, "maxLength": 200},
    )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.PARAMETER,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        nothing: list[str] = []
        wanted = read_one(request, self.PARAMETER.name, words, nothing)
        if not wanted:
            return None

        def narrow(entries: QuerySet[Entry]) -> QuerySet[Entry]:
            vendor = connections[entries.db].vendor
            return with_words(entries, wanted, configured(), vendor)

        return Narrowing(narrow=narrow)


declare_everywhere(SearchFilter())
