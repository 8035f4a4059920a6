"""Query parameters: each says what it takes, in the OpenAPI document and in its errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from django.http import HttpRequest

from cms.http.problems import ProblemError

Value = TypeVar("Value")

MAX_VALUES = 50
"""How often a parameter may be repeated."""

MAX_LENGTH = 200
"""Characters of one value, unless a parameter's schema says otherwise."""


@dataclass(frozen=True)
class Parameter:
    """A query parameter. ``schema`` is the JSON Schema of one value."""

    name: str
    description: str
    schema: Mapping[str, object] = field(default_factory=dict)
    repeatable: bool = False
    required: bool = False

    def openapi(self) -> dict[str, object]:
        """Return its OpenAPI parameter object."""
        schema: dict[str, object] = dict(self.schema)
        if self.repeatable:
            schema = {"type": "array", "items": schema, "maxItems": MAX_VALUES}
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.description,
            "schema": schema,
            **({"style": "form", "explode": True} if self.repeatable else {}),
        }


def refuse_unknown(request: HttpRequest, known: Iterable[Parameter]) -> None:
    """Raise a 400 that names every parameter that is not *known*, or repeated, or too long."""
    allowed = {parameter.name: parameter for parameter in known}
    listed = ", ".join(sorted(allowed))
    errors = {}
    for name, values in request.GET.lists():
        parameter = allowed.get(name)
        if parameter is None:
            errors[name[:100]] = f"Unknown. Use: {listed}." if listed else "None is allowed."
        elif len(values) > 1 and not parameter.repeatable:
            errors[name] = "Give it once."
        elif len(values) > MAX_VALUES:
            errors[name] = f"Give it {MAX_VALUES} times at most."
        else:
            longest = parameter.schema.get("maxLength", MAX_LENGTH)
            limit = longest if isinstance(longest, int) else MAX_LENGTH
            if any(len(value) > limit for value in values):
                errors[name] = f"Use {limit} characters at most."
            elif any("\x00" in value for value in values):
                errors[name] = "It has a NUL character."
    if errors:
        raise ProblemError(400, "The query cannot be understood.", errors)


def read_values(request: HttpRequest, name: str, parse: Callable[[str], Value]) -> list[Value]:
    """Return every value of *name*; what *parse* refuses with ``ValueError`` is a 400."""
    try:
        return [parse(text) for text in request.GET.getlist(name)]
    except ValueError as error:
        raise ProblemError(
            400, f"The value of {name} is wrong.", {name: str(error)[:500]}
        ) from error


def whole_number(text: str, low: int, high: int) -> int:
    """Read a whole number in ASCII digits from *low* to *high*, or raise ``ValueError``."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise ValueError(f"Use a whole number from {low} to {high}.")
    if not low <= int(text) <= high:
        raise ValueError(f"Use a whole number from {low} to {high}.")
    return int(text)


def one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """Return a parser that takes one of *choices* and names them where it refuses."""
    listed = list(choices)

    def parse(text: str) -> str:
        if text not in listed:
            raise ValueError(f"Use one of: {', '.join(listed)}.")
        return text

    return parse


def read_one(
    request: HttpRequest, name: str, parse: Callable[[str], Value], default: Value
) -> Value:
    """Return the value of *name*, or *default* where it is not given."""
    found = read_values(request, name, parse)
    return found[0] if found else default


_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
    r"([Zz]|[+ -][0-9]{2}:[0-9]{2})"
)


EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


def rfc3339_time(text: str) -> datetime:
    """Read a time with its offset (RFC 3339, section 5.6), or raise ``ValueError``.

    Seconds may be missing; a plus sign that arrived as a space is taken for what it was. A time
    before or after all changes is brought to where databases can compare it.
    """
    try:
        if _RFC3339.fullmatch(text) is None:
            raise ValueError(text)
        moment = datetime.fromisoformat(text.upper().replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("Use a time with its offset, such as 2026-03-01T09:30:00Z.")
    if moment.year < EARLIEST.year:
        return EARLIEST
    return LATEST if moment.year >= LATEST.year else moment


_DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


def decimal_degrees(text: str, limit: int) -> float:
    """Read degrees as a decimal number from -*limit* to *limit*, or raise ``ValueError``."""
    if _DECIMAL.fullmatch(text) is None or not -limit <= float(text) <= limit:
        raise ValueError(f"Use decimal degrees from -{limit} to {limit}, such as 8.8251.")
    return float(text)
