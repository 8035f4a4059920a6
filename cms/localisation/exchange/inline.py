"""Markup within a sentence as inline codes of XLIFF 2.0, and back (specification, 4.7).

A translator's tool shows a code as a chip that cannot be broken. What it stands for is kept in
the unit's ``<originalData>``. A tag around words is a ``<pc>``; a line break and a placeholder
such as ``{name}`` or ``%s`` are a ``<ph>``. A character that XML cannot hold is a ``<cp>``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from django.utils.translation import gettext as _

from cms.localisation.checking import PLACEHOLDER
from cms.localisation.exchange.units import normalised

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that an XML document cannot hold."""
DEEPEST = 50
"""How deep codes may stand in one another."""
KINDS: Mapping[str, str] = {
    "a": 'type="link" canCopy="no" canDelete="no"',
    "b": 'type="fmt" subType="xlf:b"',
    "strong": 'type="fmt" subType="xlf:b"',
    "i": 'type="fmt" subType="xlf:i"',
    "em": 'type="fmt" subType="xlf:i"',
    "br": 'type="fmt" subType="xlf:lb"',
}
OTHER = 'type="other"'
ADDED: Mapping[str, str] = {"xlf:b": "b", "xlf:i": "i", "xlf:lb": "br"}
"""What a code that a tool added, and that has no original data, stands for."""


class CodeError(ValueError):
    """An inline code that stands for nothing; its text tells the reader which."""


class Codes:
    """Writes the sentences of one unit: its source first, whose codes the target has again."""

    def __init__(self) -> None:
        self.data: dict[str, str] = {}
        self._count = 0
        self._of_source: dict[str, list[str]] = defaultdict(list)

    def source(self, html: str) -> str:
        """Return *html* as the content of ``<source>``."""
        return "".join(self._written(BeautifulSoup(html, "html.parser"), None))

    def target(self, html: str) -> str:
        """Return *html* as the content of ``<target>``."""
        left = {piece: list(ids) for piece, ids in self._of_source.items()}
        return "".join(self._written(BeautifulSoup(html, "html.parser"), left))

    def _written(self, element: Tag, left: dict[str, list[str]] | None) -> Iterator[str]:
        for child in element.children:
            if isinstance(child, PreformattedString):
                yield self._placed(child.output_ready(), OTHER, left)
            elif not isinstance(child, Tag):
                yield from self._text(str(child), left)
            elif child.is_empty_element:
                yield self._placed(str(child), KINDS.get(child.name, OTHER), left)
            else:
                end = f"</{child.name}>"
                start = str(BeautifulSoup("", "html.parser").new_tag(child.name, attrs=child.attrs))
                start = start.removesuffix(end)
                references = (
                    f'id="{self._id(start, left)}" dataRefStart="{self._reference(start)}" '
                    f'dataRefEnd="{self._reference(end)}"'
                )
                yield f"<pc {references} {KINDS.get(child.name, OTHER)}>"
                yield from self._written(child, left)
                yield "</pc>"

    def _text(self, text: str, left: dict[str, list[str]] | None) -> Iterator[str]:
        end = 0
        for match in PLACEHOLDER.finditer(text):
            yield characters(text[end : match.start()])
            kind = f'{OTHER} canDelete="no" disp={quoteattr(match.group())}'
            yield self._placed(escape(match.group()), kind, left)
            end = match.end()
        yield characters(text[end:])

    def _placed(self, piece: str, kind: str, left: dict[str, list[str]] | None) -> str:
        return f'<ph id="{self._id(piece, left)}" dataRef="{self._reference(piece)}" {kind}/>'

    def _reference(self, piece: str) -> str:
        return self.data.setdefault(piece, f"d{len(self.data) + 1}")

    def _id(self, piece: str, left: dict[str, list[str]] | None) -> str:
        """Return the id of the same code in the source, or a new one."""
        if left and left.get(piece):
            return left[piece].pop(0)
        self._count += 1
        if left is None:
            self._of_source[piece].append(str(self._count))
        return str(self._count)


def characters(text: str) -> str:
    """Return *text* as content of an XML element; a tool may not read its line ends otherwise."""
    escaped = escape(text, {"\r": "&#13;"})
    return UNWRITABLE.sub(lambda match: f'<cp hex="{ord(match.group()):04X}"/>', escaped)


def read(element: Element, data: Mapping[str, str]) -> str:
    """Return the content of a ``<source>`` or ``<target>`` as HTML; *data* is the original data.

    Raises :class:`CodeError`.
    """
    return normalised("".join(_html(element, data, {}, 0)))


def _html(
    element: Element, data: Mapping[str, str], opened: dict[str, str], depth: int
) -> Iterator[str]:
    if depth > DEEPEST:
        raise CodeError(_("Inline codes stand in one another too deeply."))
    yield escape(element.text or "")
    for child in element:
        name = child.tag.removeprefix(f"{{{NAMESPACE}}}")
        if name == "pc":
            start, end = _pair(child, data)
            yield start
            yield from _html(child, data, opened, depth + 1)
            yield end
        elif name == "mrk":
            yield from _html(child, data, opened, depth + 1)
        elif name == "cp":
            yield escape(_character(child.get("hex", "")))
        elif name == "ph":
            yield _piece(child, "dataRef", data) or f"<{_added(child)}/>"
        elif name == "sc":
            start = _piece(child, "dataRef", data) or f"<{_added(child)}>"
            opened[child.get("id", "")] = _closing(start)
            yield start
        elif name == "ec":
            key = child.get("startRef", child.get("id", ""))
            yield _piece(child, "dataRef", data) or opened.get(key) or f"</{_added(child)}>"
        elif name not in ("sm", "em"):
            raise CodeError(_("<%(name)s> is no inline code.") % {"name": name})
        yield escape(child.tail or "")


def _pair(code: Element, data: Mapping[str, str]) -> tuple[str, str]:
    start = _piece(code, "dataRefStart", data) or f"<{_added(code)}>"
    return start, _piece(code, "dataRefEnd", data) or _closing(start)


def _closing(start: str) -> str:
    match = re.match(r"<(\w+)", start)
    return f"</{match.group(1)}>" if match else ""


def _piece(code: Element, attribute: str, data: Mapping[str, str]) -> str:
    reference = code.get(attribute)
    if reference is None:
        return ""
    if reference not in data:
        raise CodeError(
            _("The inline code %(id)s has no original data.") % {"id": code.get("id", reference)}
        )
    return data[reference]


def _added(code: Element) -> str:
    name = ADDED.get(code.get("subType", ""))
    if name is None:
        raise CodeError(
            _("The inline code %(id)s has no original data.") % {"id": code.get("id", "?")}
        )
    return name


def _character(code: str) -> str:
    try:
        character = chr(int(code, 16))
        character.encode()
    except (ValueError, OverflowError):
        character = "\0"
    if character == "\0":
        raise CodeError(_("<cp hex=“%(code)s”> is no character.") % {"code": code})
    return character


def content_of(data: Element) -> str:
    """Return the text of a ``<data>`` element, which holds text and ``<cp>`` only."""
    pieces: list[Any] = [data.text or ""]
    for child in data:
        pieces += [_character(child.get("hex", "")), child.tail or ""]
    return "".join(pieces)
