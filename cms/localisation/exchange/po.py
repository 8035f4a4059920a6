"""Translations as PO files, as GNU gettext and translators' tools read them.

The context of a message is the public id of the object, a slash, and the place in it.
"""

from __future__ import annotations

from uuid import UUID

import polib
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.localisation.exchange.units import Exchange, ExchangeError, Unit

SOURCE_LANGUAGE = "X-Source-Language"
WIDTH = 100


def to_po(exchange: Exchange) -> str:
    """Return *exchange* as the text of a PO file that ``msgfmt --check`` accepts."""
    file = polib.POFile(wrapwidth=WIDTH)
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M%z")
    file.metadata = {
        "Project-Id-Version": "family-centres",
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Last-Translator": "unknown",
        "Language-Team": exchange.language,
        "Language": exchange.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        SOURCE_LANGUAGE: exchange.source_language,
    }
    for unit in exchange.units:
        file.append(
            polib.POEntry(
                msgctxt=f"{unit.object_id}/{unit.path}",
                msgid=unit.source,
                msgstr=unit.target,
                comment=unit.title,
            )
        )
    return f"{file}\n"


def from_po(text: str) -> Exchange:
    """Return what a PO file holds, or raise :class:`ExchangeError`.

    Messages that are obsolete are left out, and fuzzy ones count as not translated.
    """
    try:
        # polib takes a text that is the name of a file for that file; none ends in a line break.
        file = polib.pofile(f"{text}\n", check_for_duplicates=False)
    except (OSError, ValueError, UnicodeError) as error:
        raise ExchangeError(_("This is no PO file: %(reason)s") % {"reason": error}) from error
    language = str(file.metadata.get("Language", "")).replace("_", "-")
    source_language = str(file.metadata.get(SOURCE_LANGUAGE, ""))
    if not language or not source_language:
        raise ExchangeError(_("The file does not say its languages: it was not made by this site."))
    units = []
    for entry in file:
        if entry.obsolete:
            continue
        try:
            units.append(_unit(entry))
        except ValueError as error:
            place = {"line": entry.linenum, "context": entry.msgctxt or ""}
            raise ExchangeError(
                _("Line %(line)s: the context “%(context)s” names no object of this site.") % place
            ) from error
    return Exchange(source_language, language, tuple(units))


def _unit(entry: polib.POEntry) -> Unit:
    object_id, _slash, path = (entry.msgctxt or "").partition("/")
    target = "" if entry.fuzzy else entry.msgstr
    # A long comment is wrapped.
    return Unit(UUID(object_id), path, entry.msgid, target, entry.comment.replace("\n", " "))
