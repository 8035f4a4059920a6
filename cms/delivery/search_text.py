"""The words of entries that ``q`` looks for."""

from __future__ import annotations

from cms.delivery.models import Entry, SearchText


def stored_search_text(entry: Entry) -> str:
    """Return the words by which *entry* is found."""
    return entry.search.text if hasattr(entry, "search") else ""


def store_search_text(entry: Entry, words: str) -> None:
    """Make *words* those by which *entry* is found; none leave no row."""
    if words == stored_search_text(entry):
        return
    if words:
        entry.search, _created = SearchText.objects.update_or_create(
            entry=entry, defaults={"locale": entry.locale, "text": words}
        )
    else:
        SearchText.objects.filter(pk=entry.pk).delete()
