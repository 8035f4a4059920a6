"""The words of entries that ``q`` looks for, and how both sides are made alike.

Words are folded (no case, no accents) and split at everything that is neither letter nor digit,
so that "2315/2019" is found by its number and "L'Età" by "eta", on every database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from cms.delivery.models import Entry, SearchText

MAX_LENGTH = 200_000
"""Characters that are kept of one entry; PostgreSQL refuses to index a mebibyte of words."""

_WORD = re.compile(r"[^\W_]+")


class _WithoutAccents(dict[int, int | None]):
    """A table for ``str.translate`` that drops combining characters, filled as letters are met."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_WITHOUT_ACCENTS = _WithoutAccents()


def words_of(text: str) -> list[str]:
    """Return the folded words of *text*, each once, in order."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", decomposed).translate(_WITHOUT_ACCENTS)
    return list(dict.fromkeys(word[:100] for word in _WORD.findall(plain)))


def search_text(*texts: str) -> str:
    """Return what is stored for an entry with these *texts*: a space stands around each word."""
    joined = " ".join(words_of(" ".join(texts)))
    if len(joined) > MAX_LENGTH:
        joined = joined[:MAX_LENGTH].rpartition(" ")[0]
    return f" {joined} " if joined else ""


def language_of(tag: str) -> str:
    """Return the language of a tag such as ``pt-br``, without its region."""
    return tag.partition("-")[0].lower()


def stored_search_text(entry: Entry) -> str:
    """Return the words by which *entry* is found."""
    return entry.search.text if hasattr(entry, "search") else ""


def store_search_texts(wanted: Iterable[tuple[int, str, str]]) -> int:
    """Make the given words those by which each entry is found; return for how many that is new.

    *wanted*: the primary key of an entry, the language of its words, and the words; none leave no
    row.
    """
    words_by_entry = {pk: (language_of(language), words) for pk, language, words in wanted}
    stored = {
        row.pk: (row.language, row.text) for row in SearchText.objects.filter(pk__in=words_by_entry)
    }
    gone = [pk for pk, (_language, words) in words_by_entry.items() if not words and pk in stored]
    new = [
        SearchText(entry_id=pk, language=language, text=words)
        for pk, (language, words) in words_by_entry.items()
        if words and (language, words) != stored.get(pk)
    ]
    if gone:
        SearchText.objects.filter(pk__in=gone).delete()
    SearchText.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["entry"], update_fields=["language", "text"]
    )
    return len(new) + len(gone)
