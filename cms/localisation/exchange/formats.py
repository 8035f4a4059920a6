"""The formats in which translations go out, and how one that comes in is recognised."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from cms.localisation.exchange.po import from_po, to_po
from cms.localisation.exchange.units import Exchange, ExchangeError
from cms.localisation.exchange.xliff import from_xliff, to_xliff


@dataclass(frozen=True)
class Format:
    """How a file is written; ``write`` may raise :class:`ExchangeError`."""

    suffix: str
    content_type: str
    write: Callable[[Exchange], str]


PO: Final = Format("po", "text/x-gettext-translation", to_po)
XLIFF: Final = Format("xlf", "application/xliff+xml", to_xliff)

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\0<", b"<\0")


def read_file(content: bytes) -> Exchange:
    """Return what a PO or XLIFF file holds; raise :class:`ExchangeError` where it is neither."""
    if content.startswith(WIDE) or content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<":
        return from_xliff(content)
    try:
        return from_po(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ExchangeError(_("The file is not in UTF-8.")) from error
