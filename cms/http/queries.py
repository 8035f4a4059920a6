"""Query parameters: what is not declared is a 400 that names it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from cms.http.problems import ProblemError

MAX_LIMIT = 100


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """Raise a 400 for parameters that are not *known*, or given more than once."""
    allowed = set(known)
    errors = {
        name: f"Unknown. Use: {', '.join(sorted(allowed))}." if allowed else "None is allowed."
        for name in request.GET
        if name not in allowed
    }
    errors |= {
        name: "Give it once."
        for name in request.GET
        if name in allowed and len(request.GET.getlist(name)) > 1
    }
    if errors:
        raise ProblemError(400, "The query cannot be understood.", errors)


def limit_of(request: HttpRequest, default: int = 20) -> int:
    """Return ``limit``: a whole number from 1 to 100."""
    text = request.GET.get("limit")
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not 1 <= int(text) <= MAX_LIMIT:
        raise ProblemError(
            400, "The limit is wrong.", {"limit": f"Use a whole number from 1 to {MAX_LIMIT}."}
        )
    return int(text)


def choice_of(request: HttpRequest, name: str, choices: Iterable[str], default: str) -> str:
    """Return parameter *name*, one of *choices*."""
    value = request.GET.get(name, default)
    listed = list(choices)
    if value not in listed:
        raise ProblemError(
            400, f"The value of {name} is wrong.", {name: f"Use one of: {', '.join(listed)}."}
        )
    return value
