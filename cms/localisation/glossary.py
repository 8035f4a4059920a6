"""The glossary of a language: which terms a sentence holds, and whether its translation follows.

Whole words are compared, in the forms that are listed and no others: endings are not guessed.
Where two terms overlap the longer one counts, so that *Centro per le famiglie* is no *Centro*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from cms.localisation.models import GlossaryTerm

APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u00ad": None})


@dataclass(frozen=True)
class Term:
    """A term as the source may write it (``forms``), and what may stand for it (``wanted``).

    The first of each is the one that is shown. A term that is kept wants its own forms.
    """

    forms: tuple[str, ...]
    wanted: tuple[str, ...]
    keep: bool = False
    case_sensitive: bool = False
    note: str = ""

    @property
    def advice(self) -> str:
        """What a translator is told beside the sentence."""
        advice = {"term": self.forms[0], "wanted": self.wanted[0]}
        if self.keep:
            return _("“%(term)s”: as it is") % advice
        return _("“%(term)s”: “%(wanted)s”") % advice

    @property
    def warning(self) -> str:
        """What a translator is told whose words do not follow."""
        wanted = {"term": self.forms[0], "wanted": self.wanted[0]}
        if self.keep:
            return _("The glossary keeps “%(term)s” as it is.") % wanted
        return _("The glossary says “%(wanted)s” for “%(term)s”.") % wanted


class Glossary:
    """The terms of one language. Sentences are plain text or HTML, as translators have them."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(terms)
        forms = [(form, number) for number, term in enumerate(self.terms) for form in term.forms]
        # The first that matches counts: longer forms stand before shorter ones.
        forms.sort(key=lambda item: -len(item[0]))
        self._numbers = [number for _form, number in forms]
        self._pattern = _any_of((form, self.terms[number].case_sensitive) for form, number in forms)
        self._wanted = [
            _any_of((form, term.case_sensitive) for form in term.wanted) for term in self.terms
        ]

    def used_in(self, sentence: str) -> list[Term]:
        """Return the terms of *sentence* in their order, each once."""
        return [self.terms[number] for number in self._found(sentence)]

    def not_followed(self, sentence: str, words: str) -> list[Term]:
        """Return the terms of *sentence* that *words* lack; words that are empty lack nothing."""
        if not self.terms or not words.strip():
            return []
        plain = _plain(words)
        return [
            self.terms[number]
            for number in self._found(sentence)
            if not self._wanted[number].search(plain)
        ]

    def _found(self, sentence: str) -> list[int]:
        if not self.terms:
            return []
        matches = self._pattern.finditer(_plain(sentence))
        # Each form is one group, in the order of the forms.
        return list(dict.fromkeys(self._numbers[(match.lastindex or 1) - 1] for match in matches))


def glossary_of(locale: Locale) -> Glossary:
    """Return the glossary of *locale*, in one query."""
    return Glossary(term_of(row) for row in GlossaryTerm.objects.filter(locale=locale))


def term_of(row: GlossaryTerm) -> Term:
    forms = (row.source, *row.source_forms.splitlines())
    wanted = forms if row.keep else (row.translation, *row.translation_forms.splitlines())
    return Term(forms, wanted, row.keep, row.case_sensitive, row.note)


def _any_of(forms: Iterable[tuple[str, bool]]) -> re.Pattern[str]:
    groups = [
        f"({_words(form)})" if case_sensitive else f"((?i:{_words(form)}))"
        for form, case_sensitive in forms
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups) or '(?!)'})(?!\w)")


def _words(form: str) -> str:
    return r"\s+".join(re.escape(word) for word in _normal(form).split())


def _plain(sentence: str) -> str:
    return _normal(StringValue(sentence).render_text())


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(APOSTROPHES)


EMPTY = Glossary()
