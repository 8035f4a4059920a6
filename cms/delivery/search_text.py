"""The words of entries that ``q`` looks for, and how both sides are made alike.

Words are folded (no case, no accents) and split at everything that is neither letter nor digit,
so that "2315/2019" is found by its number and "L'Età" by "eta", on every database.
"""

from __future__ import annotations

import re
import unicodedata

from cms.delivery.models import Entry, SearchText

MAX_LENGTH = 200_000
"""Characters that are kept of one entry; PostgreSQL refuses to index a mebibyte of words."""

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the folded words of *text*, each once, in order."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = unicodedata.normalize("NFKD", decomposed)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
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


def store_search_text(entry: Entry, language: str, words: str) -> bool:
    """Make *words*, in *language*, those by which *entry* is found; return whether that is new.

    None leave no row.
    """
    wanted = (language_of(language), words) if words else None
    stored = (entry.search.language, entry.search.text) if hasattr(entry, "search") else None
    if wanted == stored:
        return False
    if wanted is None:
        SearchText.objects.filter(pk=entry.pk).delete()
    else:
        values = {"language": wanted[0], "text": words}
        entry.search, _created = SearchText.objects.update_or_create(entry=entry, defaults=values)
    return True
