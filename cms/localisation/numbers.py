"""Reads the numbers of a sentence so that those of two languages can be compared.

Arabic, Persian and Latin digits, decimal comma and point, separators of thousands, and hours as
``9.30``, ``9:30``, ``9h30`` or ``09:30`` give the same values. ``1.500`` can be a thousand and a
half or one and a half, and ``3`` in a sentence with ``5 pm`` can be fifteen: such a number has two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SPACES = "\u00a0\u2009\u202f "
THOUSANDS = f".,'’٬{SPACES}"
NUMBER = re.compile(
    rf"(?<!\d)[1-9]\d{{0,2}}(?:[{SPACES}]\d{{3}})+(?:[.,٫]\d+)?(?!\d)"  # 1 500 or 1 500,25
    rf"|(?<!\d)\d{{1,2}}[{SPACES}]?h[{SPACES}]?\d{{2}}(?!\d)"  # 9h30
    r"|\d+(?:[.,:'’٫٬]\d+)*"
)
SEPARATOR = re.compile(rf"[{SPACES}]?[^\d][{SPACES}]?")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which stand unseen between digits and separators of Arabic text."""
AFTERNOON = re.compile(r"\d\s?p\.?\s?m\b", re.IGNORECASE)


class Number(NamedTuple):
    """A number as it is written, and what it can mean; the likeliest meaning stands first."""

    text: str
    values: tuple[str, ...]


def numbers(text: str) -> list[Number]:
    """Return the numbers of *text* in their order.

    >>> [number.values for number in numbers("1.500 posti, ore 9.30")]
    [('1500', '1.500'), ('9.30',)]
    """
    plain = DIRECTION.sub("", text)
    found = [number for match in NUMBER.finditer(plain) for number in _read(match.group())]
    if AFTERNOON.search(plain):
        found = [Number(item.text, (*item.values, *_afternoon(item.values[0]))) for item in found]
    return found


def _read(written: str) -> Iterator[Number]:
    parts = ["".join(str(int(digit)) for digit in part) for part in SEPARATOR.split(written)]
    separators = SEPARATOR.findall(written)
    if len(parts) == 1:
        yield Number(written, (_whole(parts[0]),))
    elif _are_thousands(parts, separators):
        values = ("".join(parts),)
        yield Number(written, (*values, ".".join(parts)) if len(parts) == 2 else values)
    elif _are_thousands(parts[:-1], separators[:-1]) and separators[-1] != separators[0]:
        yield Number(written, (_decimal("".join(parts[:-1]), parts[-1]),))
    elif len(parts) == 2:
        yield Number(written, (_decimal(_whole(parts[0]), parts[1]),))
    else:
        # A date or an address of parts: languages join these with other signs.
        for part in parts:
            yield Number(part, (_whole(part),))


def _are_thousands(parts: list[str], separators: list[str]) -> bool:
    return (
        len(parts) > 1
        and len(set(separators)) == 1
        and separators[0] in THOUSANDS
        and 1 <= len(parts[0]) <= 3
        and not parts[0].startswith("0")
        and all(len(part) == 3 for part in parts[1:])
    )


def _whole(digits: str) -> str:
    """Return 9 for 09, as in hours and dates; longer numbers with a zero are codes."""
    return str(int(digits)) if len(digits) <= 2 else digits


def _decimal(whole: str, rest: str) -> str:
    """Return 9 for 9.00: a full hour, or a price without cents."""
    return whole if rest == "00" else f"{whole}.{rest}"


def _afternoon(value: str) -> tuple[str, ...]:
    """Return the hour of twenty-four that *value* can be after noon."""
    hour, point, minutes = value.partition(".")
    if len(hour) > 2 or not 1 <= int(hour) <= 11:
        return ()
    return (f"{int(hour) + 12}{point}{minutes}",)
