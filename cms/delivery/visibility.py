"""What is public. This module decides it, and no other.

An object is public in a locale when its source is: the row of the default language, or the first
row where that language has none. When the source is unpublished, its translations go with it.
An alias in another locale is not a translation, and an alias in the same locale is no object of
its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from wagtail.models import DraftStateMixin, Page, TranslatableMixin

from cms.delivery.reads import Reads

Reason = Literal["deleted", "unpublished", "expired", "restricted", "moved_out"]


@dataclass(frozen=True)
class Public:
    """The row that speaks for an object in a locale, and the source that holds its data.

    Data are read from the source and words from the instance: a telephone number that an editor
    changed is right in every language at once, whether or not a translation was synchronised.
    """

    instance: Any
    source: Any
    language: str
    is_fallback: bool


@dataclass(frozen=True)
class Hidden:
    """An object that no anonymous reader may know of, and why it went."""

    reason: Reason


def resolve(rows: list[Any], locale: str, reads: Reads) -> Public | Hidden:
    """Choose among *rows*, an object's variants in all languages, the one for *locale*."""
    if not rows:
        return Hidden("deleted")
    source = source_of(rows, reads)
    if (reason := hidden_because(source, reads)) is not None:
        return Hidden(reason)
    if not isinstance(source, TranslatableMixin):
        return Public(source, source, locale, is_fallback=False)
    for row in rows:
        if (
            reads.languages[row.locale_id] == locale
            and not getattr(row, "alias_of_id", None)
            and hidden_because(row, reads) is None
        ):
            return Public(row, source, locale, is_fallback=False)
    language = reads.languages[source.locale_id]
    return Public(source, source, language, is_fallback=language != locale)


def source_of(rows: list[Any], reads: Reads) -> Any:
    """Return the row that the others are translations of."""
    for row in rows:
        if (
            isinstance(row, TranslatableMixin)
            and reads.languages[row.locale_id] == reads.default_language
        ):
            return row
    return next((row for row in rows if not getattr(row, "alias_of_id", None)), rows[0])


def hidden_because(row: Any, reads: Reads) -> Reason | None:
    """Return why *row* itself is not public, or ``None`` if it is."""
    if isinstance(row, DraftStateMixin) and not row.live:
        return "expired" if row.expired else "unpublished"
    if isinstance(row, Page):
        if row.alias_of_id and row.alias_of.locale_id == row.locale_id:
            return "unpublished"
        if any(row.path.startswith(path) for path in reads.restricted_paths):
            return "restricted"
        if not any(row.url_path.startswith(root) for _site, root in reads.site_roots):
            return "moved_out"
    return None
