"""What a translated sentence must have in common with its source, whatever the languages.

Numbers, placeholders, addresses, links and citations of the source stand in the translation, as
often as there. Writing may differ: digits, separators, hours of twelve. A warning names what is
missing and what was added, and which terms of the glossary are not followed; whether it is a
mistake, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bs4 import BeautifulSoup
from django.utils.translation import gettext_lazy as _
from wagtail_localize.strings import StringValue

from cms.localisation.glossary import EMPTY, Glossary
from cms.localisation.numbers import numbers

Kind = Literal["number", "placeholder", "address", "link"]

PLACEHOLDER = re.compile(
    r"\{\w*(?:\.\w+)*(?:![rsa])?(?::[^{}\s]*)?\}"  # {}, {name}, {name:>10}
    r"|%\(\w+\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]"  # %(name)s
    # %s, and neither "50%d" nor "%sconto": most percent signs mean a share
    r"|(?<![\d%])%[-+#0]*\d*(?:\.\d+)?[sdifr](?!\w)"
)
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PUNCTUATION = ".,;:!?)]}»”’'،؛؟"
"""What ends a sentence and not the address before it."""
UNCHECKED = frozenset({"slug"})
"""Places whose words a translator chooses freely."""


class Mark(NamedTuple):
    """Something that must be in both; ``values`` are what it may stand for, ``text`` names it."""

    text: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What a translation lacks of its source, and what it has besides, as written there."""

    kind: Kind
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def differences(source: str, translation: str) -> list[Difference]:
    """Compare two sentences, both plain text or HTML in which links have only an ``id``.

    A sentence without words has no differences.

    >>> differences("Aperto dalle 9.30 alle 12", "Open from 9:30 am to 1 pm")
    [Difference(kind='number', missing=('12',), extra=('1',))]
    """
    if not translation.strip():
        return []
    wanted, found = _marks(source), _marks(translation)
    compared = []
    for kind in wanted:
        missing, extra = _unmatched(wanted[kind], found[kind])
        if missing or extra:
            compared.append(Difference(kind, missing, extra))
    return compared


def warnings(
    source: str, translation: str, path: str = "", glossary: Glossary = EMPTY
) -> list[str]:
    """Return the differences as sentences for the translator; ``path`` is the place of both.

    Terms of *glossary* that the translation does not follow are named after them.
    """
    if path in UNCHECKED:
        return []
    found = []
    for difference in differences(source, translation):
        told = zip(MESSAGES[difference.kind], (difference.missing, difference.extra), strict=True)
        found += [message % {"items": ", ".join(items)} for message, items in told if items]
    return [*found, *(term.warning for term in glossary.not_followed(source, translation))]


def _marks(html: str) -> dict[Kind, list[Mark]]:
    """Return what must be common, by kind; what is part of an address is no number as well."""
    links = [_link(element) for element in BeautifulSoup(html, "html.parser").find_all("a")]
    text = StringValue(html).render_text()
    addresses, text = _taken(ADDRESS, text)
    placeholders, text = _taken(PLACEHOLDER, text)
    return {
        "number": [Mark(number.text, number.values) for number in numbers(text)],
        "placeholder": [Mark(item, (item,)) for item in placeholders],
        "address": [
            Mark(item, (item.casefold(),))
            for item in (address.rstrip(PUNCTUATION) for address in addresses)
        ],
        "link": links,
    }


def _link(element: BeautifulSoup) -> Mark:
    """A link is known by its id; its words tell a reader which one it is."""
    name = str(element.get("id") or "")
    words = " ".join(element.get_text().split())
    return Mark(f"“{words}” ({name})" if name else f"“{words}”", (name,))


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    """Return what *pattern* finds in *text*, and the text without it."""
    return pattern.findall(text), pattern.sub(" · ", text)


def _unmatched(
    wanted: Iterable[Mark], found: Iterable[Mark]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what has no partner: those that mean the same first, then those that may."""
    missing, extra = list(wanted), list(found)
    for agree in (_mean_the_same, _may_mean_the_same):
        for mark in list(missing):
            partner = next((other for other in extra if agree(mark, other)), None)
            if partner is not None:
                missing.remove(mark)
                extra.remove(partner)
    return tuple(mark.text for mark in missing), tuple(mark.text for mark in extra)


def _mean_the_same(one: Mark, other: Mark) -> bool:
    return one.values[0] == other.values[0]


def _may_mean_the_same(one: Mark, other: Mark) -> bool:
    return not set(one.values).isdisjoint(other.values)


MESSAGES = {
    "number": (
        _("Numbers of the source are missing: %(items)s."),
        _("Numbers are not in the source: %(items)s."),
    ),
    "placeholder": (
        _("Placeholders of the source are missing: %(items)s."),
        _("Placeholders are not in the source: %(items)s."),
    ),
    "address": (
        _("Addresses of the source are missing: %(items)s."),
        _("Addresses are not in the source: %(items)s."),
    ),
    "link": (
        _("Links or citations of the source are missing: %(items)s."),
        _("Links or citations are not in the source: %(items)s."),
    ),
}
"""What is said of a kind: of what is missing, and of what is extra."""
