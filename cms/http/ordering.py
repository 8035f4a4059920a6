"""Orders of a list, and where the next page of each begins: keysets, never offsets."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from cms.http.cursors import is_text, is_whole_number
from cms.http.problems import ProblemError


@dataclass(frozen=True)
class Ordering:
    """An order by *columns*, the last of which is unique; descending in all or in none."""

    name: str
    columns: tuple[str, ...]
    descending: bool = False

    @property
    def order_by(self) -> list[str]:
        return [f"-{column}" if self.descending else column for column in self.columns]

    def after(self, values: list[Any]) -> Q:
        """Return the condition of rows that come after the row with *values* in the columns."""
        comparison = "lt" if self.descending else "gt"
        condition = Q()
        for position, column in enumerate(self.columns):
            same = dict(zip(self.columns[:position], values, strict=False))
            condition |= Q(**same, **{f"{column}__{comparison}": values[position]})
        return condition

    def position(self, row: Any) -> list[Any]:
        """Return the cursor's values of *row*, a tuple that begins with the columns."""
        return [
            self.name,
            *(str(v) if isinstance(v, UUID) else v for v in row[: len(self.columns)]),
        ]

    def check(self, values: list[Any]) -> list[Any]:
        """Return the columns' values of a decoded cursor, or raise a 400."""
        name, *found = values
        if name != self.name or len(found) != len(self.columns):
            raise ProblemError(
                400,
                "The cursor was made for another order.",
                {"cursor": "Use it with the query it was given for, or start over."},
            )
        try:
            return [
                _TYPES[column](value) for column, value in zip(self.columns, found, strict=True)
            ]
        except (TypeError, ValueError, OverflowError) as error:
            raise ProblemError(
                400, "The cursor is malformed.", {"cursor": "Use a cursor as it was given."}
            ) from error


def _text(value: object) -> object:
    if not is_text(value):
        raise ValueError(value)
    return value


def _public_id(value: object) -> UUID:
    return UUID(str(_text(value)))


def _number(value: object) -> object:
    if not is_whole_number(value):
        raise ValueError(value)
    return value


def _distance(value: object) -> float:
    if type(value) not in (int, float) or not math.isfinite(float(str(value))):
        raise ValueError(value)
    return float(str(value))


_TYPES: dict[str, Callable[[Any], Any]] = {
    "sort_key": _text,
    "public_id": _public_id,
    "sequence": _number,
    "distance": _distance,
}


BY_TITLE = Ordering("title", ("sort_key", "public_id"))
BY_CHANGE = Ordering("modified", ("sequence",))
BY_LATEST_CHANGE = Ordering("-modified", ("sequence",), descending=True)
ORDERINGS = {ordering.name: ordering for ordering in (BY_TITLE, BY_CHANGE, BY_LATEST_CHANGE)}
