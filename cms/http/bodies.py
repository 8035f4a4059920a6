"""Bodies that do not fit: the router's errors as problems that name each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError, ValidationError

from cms.http.problems import ProblemError

MOST = 100
"""Fields that a problem names at most."""

WRITTEN = 2
"""How many steps of a place the router writes itself: where it stands, and in which argument."""


def refuse_large_body(request: HttpRequest, most: int) -> None:
    """Raise a 413 for a body of more than *most* bytes."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most:
        raise ProblemError(413, f"A body has {most} bytes at most here.")


def problem_of(error: ValidationError | HttpError) -> ProblemError:
    """Return the problem that tells what the router found wrong with a request.

    A body that is no JSON is a 400, one whose fields are wrong a 422.
    """
    if isinstance(error, HttpError):
        detail = "The body is no JSON." if error.status_code == 400 else str(error)
        return ProblemError(error.status_code, detail)
    fields: dict[str, str] = {}
    for item in error.errors[:MOST]:
        fields.setdefault(_field(item.get("loc", ())), str(item.get("msg", "It is wrong."))[:500])
    return ProblemError(422, "The body does not fit.", fields)


def _field(place: Sequence[Any]) -> str:
    """Return the path of a field, such as ``answer``; of the body itself, ``body``."""
    steps = [str(step) for step in place[WRITTEN:]]
    return ".".join(steps)[:100] or "body"
