"""Which texts of a translated object still are in the language of its source.

A reader's software has to be told (WCAG 3.1.2). Who keeps translations announces what it knows of
them; a builder asks by the place of a text: ``summary``, ``activities.<id>.title``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

Place = tuple[UUID, str]
"""The translation key of an object, and a locale."""

Texts = Mapping[str, frozenset[str]]
"""By the path of a field or block: the texts that, if they stand there, are the source's."""

Finder = Callable[[str, Collection[Place]], Mapping[Place, Texts]]
"""Finds, given the language of the sources, the texts of many translations at once."""

_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    """Announce who knows what was translated."""
    if finder not in _finders:
        _finders.append(finder)


def find(language: str, places: Collection[Place]) -> dict[Place, Texts]:
    """Return what is known of *places*; those of which nothing is are left out."""
    found: dict[Place, Texts] = {}
    for finder in _finders:
        found.update(finder(language, places))
    return found


def condensed(text: str) -> str:
    """Return *text* without white space: line breaks and markup set it in ways of their own."""
    return "".join(text.split())


@dataclass(frozen=True)
class Untranslated:
    """The texts of one translation, or below one path in it, that are in its source's language."""

    language: str = ""
    texts: Texts = field(default_factory=dict)
    path: str = ""

    def below(self, *names: object) -> Untranslated:
        """Return the same for what stands below *names*."""
        if not self.texts:
            return self
        path = ".".join(filter(None, (self.path, *map(str, names))))
        return Untranslated(self.language, self.texts, path)

    def has(self, text: str | None, name: str = "") -> bool:
        """Whether *text*, which stands at *name*, is in the source's language."""
        return bool(text and self.texts) and condensed(text or "") in self._at(name)

    def languages(self, **texts: str | None) -> dict[str, str] | None:
        """Return the language of each of *texts* that is in the source's; ``None`` if none is."""
        return {name: self.language for name, text in texts.items() if self.has(text, name)} or None

    def _at(self, name: str) -> frozenset[str]:
        path = ".".join(filter(None, (self.path, name)))
        return self.texts.get(path, frozenset())


TRANSLATED = Untranslated()
"""Nothing is left: the text is in the language that its document says."""
