"""Centres as a table for spreadsheets: one row each, columns with stable names.

A cell that a spreadsheet would run as a formula gets an apostrophe in front of it
(OWASP, "CSV Injection").

Telephone numbers are written as they are stored, ``+39 0332 277111``, although they begin with a
plus sign. Digits, spaces and hyphens can call no function, name no cell and start no program; the
space after the country code keeps a spreadsheet from taking the number for a quantity and losing
its plus. So an import gets the number that the API gives, and nobody dials an apostrophe. The
national form would not do: it is ambiguous abroad, and a spreadsheet drops the zero of
``0332277111``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Cell = str | float | int | bool

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
SEPARATOR = " | "
"""Between several values in one cell."""

_NUMBER = r"(\+[0-9]{1,3} )?[0-9][0-9 -]*"
PHONE_NUMBERS = re.compile(rf"{_NUMBER}({re.escape(SEPARATOR)}{_NUMBER})*")
"""A cell of telephone numbers as :mod:`cms.phone_numbers` stores them, short codes among them."""


@dataclass(frozen=True)
class Dialect:
    """How a spreadsheet of some language reads a table."""

    name: str
    delimiter: str
    decimal_mark: str
    byte_order_mark: str


INTERNATIONAL = Dialect("international", ",", ".", "")
ITALIAN = Dialect("italian", ";", ",", "\ufeff")
"""An Italian spreadsheet takes 8.913 for eight thousand nine hundred and thirteen."""


COLUMNS = (
    "id",
    "name",
    "text",
    "status",
    "alert",
    "management",
    "district",
    "programme",
    "comuni",
    "comuni_istat",
    "comuni_complete",
    "lead_bodies",
    "phones",
    "emails",
    "certified_emails",
    "websites",
    "seats",
    "seat_name",
    "seat_host",
    "seat_status",
    "seat_street",
    "seat_postal_code",
    "seat_comune",
    "seat_comune_istat",
    "seat_province",
    "seat_latitude",
    "seat_longitude",
    "seat_precision",
    "opening_hours",
    "activity_types",
    "audiences",
    "verified_on",
    "locale",
    "language",
    "is_fallback",
    "html_url",
    "url",
    "modified",
    "sequence",
)
"""``seat_`` columns are those of the first seat that is in use."""


def table(rows: Iterable[tuple[str, ...]], dialect: Dialect) -> Iterator[str]:
    """Yield a table of stored documents, a row at a time."""
    yield dialect.byte_order_mark + _line(COLUMNS, dialect)
    for (text,) in rows:
        cells = centre_cells(json.loads(text))
        yield _line((cells.get(name, "") for name in COLUMNS), dialect)


def _line(cells: Iterable[Cell], dialect: Dialect) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow([written(cell, dialect) for cell in cells])
    return buffer.getvalue()


def written(value: Cell, dialect: Dialect) -> str:
    """Return a cell as text. Numbers are no formulas, whatever their sign, nor are telephones."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", dialect.decimal_mark)
    if isinstance(value, int):
        return str(value)
    if value.startswith(FORMULA) and PHONE_NUMBERS.fullmatch(value) is None:
        return f"'{value}"
    return value


def centre_cells(document: Mapping[str, Any]) -> dict[str, Cell]:
    """Return what is known of a centre by column: codes of choices, titles of terms."""
    comuni = document["comuni"]
    current = [seat for seat in document["seats"] if seat["status"]["code"] in IN_USE]
    values = [block["value"] for block in document["activities"]]
    cells: dict[str, Cell] = {
        name: document[name] for name in COLUMNS if isinstance(document.get(name), Cell)
    }
    cells |= {
        "name": document["title"],
        "status": document["status"]["code"],
        "management": document["management"]["code"],
        "district": document.get("district", {}).get("title", ""),
        "programme": document.get("programme", {}).get("title", ""),
        "comuni": _joined(item["name"]["text"] for item in comuni),
        "comuni_istat": _joined(item["istat_code"] for item in comuni),
        "lead_bodies": _joined(
            item["organisation"]["title"]
            for item in document["bodies"]
            if item["role"]["code"] == "lead"
        ),
        "seats": len(document["seats"]),
        "activity_types": _joined(item["title"] for value in values for item in value["types"]),
        "audiences": _joined(item["title"] for value in values for item in value["audiences"]),
        "opening_hours": document.get("hours", {}).get("opening_hours", ""),
    }
    for column, kind in CONTACTS.items():
        found = (item["value"] for item in document["contacts"] if item["kind"]["code"] == kind)
        cells[column] = _joined(found)
    return cells | (_seat_cells(current[0]) if current else {})


IN_USE = frozenset({"active", "temporary"})
CONTACTS = {
    "phones": "phone",
    "emails": "email",
    "certified_emails": "certified_email",
    "websites": "website",
}


def _seat_cells(seat: Mapping[str, Any]) -> dict[str, Cell]:
    place = seat["place"]
    address, point = place["address"], place.get("point", {})
    comune = address.get("comune", {})
    cells: dict[str, Cell] = {
        "seat_name": place["name"]["text"],
        "seat_host": place.get("host", {}).get("text", ""),
        "seat_status": seat["status"]["code"],
        "seat_street": address.get("street", {}).get("text", ""),
        "seat_postal_code": address.get("postal_code", ""),
        "seat_comune": comune.get("name", {}).get("text", ""),
        "seat_comune_istat": comune.get("istat_code", ""),
        "seat_province": comune.get("province_code", ""),
        "seat_precision": point.get("precision", ""),
    }
    if point:
        cells |= {"seat_latitude": point["latitude"], "seat_longitude": point["longitude"]}
    if hours := seat.get("hours", {}).get("opening_hours"):
        cells["opening_hours"] = hours
    return cells


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(values))
