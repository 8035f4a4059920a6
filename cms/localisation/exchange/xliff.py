"""Translations as XLIFF 2.0, the exchange format of translators' tools (an OASIS standard).

An object is a ``<file>`` whose id is its public id, and a sentence is a ``<unit>`` whose name is
the place in the object. XLIFF 2.1 has the same core, and is read as well. Decision 13 says why no
library writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from cms.localisation.exchange.inline import (
    NAMESPACE,
    UNWRITABLE,
    CodeError,
    Codes,
    characters,
    content_of,
    read,
)
from cms.localisation.exchange.units import Exchange, ExchangeError, Unit

XLIFF = f"{{{NAMESPACE}}}"
FAMILY = "urn:oasis:names:tc:xliff:document:"
READABLE = ("2.0", "2.1")


def to_xliff(exchange: Exchange) -> str:
    """Return *exchange* as an XLIFF 2.0 document; raise :class:`ExchangeError` where it is empty.

    A document without a file, or a file without a unit, would not be valid.
    """
    if not exchange.units:
        raise ExchangeError(_("There is no sentence to translate."))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang={quoteattr(exchange.source_language)} '
        f"trgLang={quoteattr(exchange.language)}>",
    ]
    direction = _direction(exchange.language)
    for object_id, units in groupby(exchange.units, lambda unit: unit.object_id):
        lines += _file(object_id, list(units), direction)
    return "\n".join([*lines, "</xliff>", ""])


def _direction(language: str) -> str:
    info = LANG_INFO.get(language, LANG_INFO.get(language.partition("-")[0], {}))
    return "rtl" if info.get("bidi") else "ltr"


def _file(object_id: UUID, units: list[Unit], direction: str) -> Iterator[str]:
    yield (
        f'<file id="{object_id}" canResegment="no" srcDir="ltr" trgDir="{direction}" '
        'xml:space="preserve">'
    )
    if units[0].title:
        title = escape(UNWRITABLE.sub("\ufffd", units[0].title))
        yield f'<notes><note category="title">{title}</note></notes>'
    for unit in units:
        yield from _unit(unit)
    yield "</file>"


def _unit(unit: Unit) -> Iterator[str]:
    codes = Codes()
    source = codes.source(unit.source)
    target = f"<target>{codes.target(unit.target)}</target>" if unit.target else ""
    state = "translated" if target else "initial"
    # The same sentence keeps its id when others come and go: tools remember it by that.
    key = sha256(f"{unit.path}\0{unit.source}".encode()).hexdigest()[:16]
    yield f'<unit id="u{key}" name={quoteattr(unit.path)}>'
    if codes.data:
        data = "".join(
            f'<data id="{key}">{characters(piece)}</data>' for piece, key in codes.data.items()
        )
        yield f"<originalData>{data}</originalData>"
    yield f'<segment id="s1" state="{state}"><source>{source}</source>{target}</segment>'
    yield "</unit>"


def from_xliff(content: bytes) -> Exchange:
    """Return what an XLIFF document holds, or raise :class:`ExchangeError`.

    No entity is expanded and nothing is fetched. What a tool cut into several segments is joined.
    """
    root = _root(content)
    language, source_language = root.get("trgLang", ""), root.get("srcLang", "")
    if not language or not source_language:
        raise ExchangeError(_("The file does not say its languages: it was not made by this site."))
    units = []
    for file in root.findall(f"{XLIFF}file"):
        try:
            object_id = UUID(file.get("id", ""))
        except ValueError as error:
            raise ExchangeError(
                _("The file “%(id)s” names no object of this site.") % {"id": file.get("id", "")}
            ) from error
        title = (file.findtext(f"{XLIFF}notes/{XLIFF}note[@category='title']") or "").strip()
        units += [_read(unit, object_id, title) for unit in file.iter(f"{XLIFF}unit")]
    return Exchange(source_language, language, tuple(units))


def _root(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ExchangeError(
            _("The file has a document type or entities, and is not read for safety.")
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ExchangeError(_("This is no XLIFF file: %(reason)s") % {"reason": error}) from error
    if root.tag != f"{XLIFF}xliff" or root.get("version") not in READABLE:
        if root.tag.startswith(f"{{{FAMILY}") and root.tag.endswith("}xliff"):
            version = {"version": root.get("version", "?")}
            raise ExchangeError(
                _("The file is XLIFF %(version)s, and only XLIFF 2.0 and 2.1 are read.") % version
            )
        reason = {"reason": root.tag.rpartition("}")[2]}
        raise ExchangeError(_("This is no XLIFF file: %(reason)s") % reason)
    return root


def _read(unit: Element, object_id: UUID, title: str) -> Unit:
    path = unit.get("name")
    if not path:
        raise ExchangeError(
            _("The unit “%(id)s” names no place of this site.") % {"id": unit.get("id", "")}
        )
    try:
        data = {
            item.get("id", ""): content_of(item)
            for item in unit.findall(f"{XLIFF}originalData/{XLIFF}data")
        }
        parts = [part for part in unit if part.tag in (f"{XLIFF}segment", f"{XLIFF}ignorable")]
        source = "".join(_words(part, "source", data) for part in parts)
        target = _target(parts, data)
    except CodeError as error:
        plain = " ".join("".join(part.itertext()) for part in unit.iter(f"{XLIFF}source"))
        return Unit(object_id, path, plain, "", title, problem=str(error))
    return Unit(object_id, path, source, target, title)


def _words(part: Element, name: str, data: dict[str, str]) -> str:
    found = part.find(f"{XLIFF}{name}")
    return read(found, data) if found is not None else ""


def _target(parts: list[Element], data: dict[str, str]) -> str:
    """Return the words of a unit, none where a segment of it has none.

    What a tool put there to begin with, the source's own words, are none.
    """
    if all(_is_untouched(part, data) for part in parts):
        return ""
    told = []
    for position, part in enumerate(parts, start=1):
        target = part.find(f"{XLIFF}target")
        if target is None:
            if part.tag == f"{XLIFF}segment":
                return ""
            target = part.find(f"{XLIFF}source")
        if target is not None:
            told.append((_order(target, position), read(target, data)))
    return "".join(words for _position, words in sorted(told))


def _is_untouched(part: Element, data: dict[str, str]) -> bool:
    if part.tag != f"{XLIFF}segment" or part.get("state", "initial") != "initial":
        return part.tag != f"{XLIFF}segment"
    return _words(part, "target", data) in ("", _words(part, "source", data))


def _order(target: Element, position: int) -> int:
    order = target.get("order", "")
    return int(order) if order.isascii() and order.isdigit() and len(order) < 9 else position
