"""Problem details (RFC 9457): every error below the API prefix has this shape."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"
MAX_INSTANCE = 2000
"""Characters of the address that a problem repeats."""


PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""Where Python's own phrases have changed between its versions (RFC 9110, section 15.5)."""


def phrase(status: int) -> str:
    """Return the reason phrase of *status*, the same in every version of Python."""
    return PHRASES.get(status) or HTTPStatus(status).phrase


@dataclass
class ProblemError(Exception):
    """An error to be answered. ``errors`` names each parameter or field and what is wrong."""

    status: int
    detail: str
    errors: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def problem_response(
    request: HttpRequest,
    status: int,
    detail: str,
    errors: dict[str, str] | None = None,
    **members: object,
) -> HttpResponse:
    """Return the problem document of *status* for *request*."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": phrase(status),
        "status": status,
        "detail": detail,
        "instance": quote(request.path, safe="/:@!$&'()*+,;=~", errors="replace")[:MAX_INSTANCE],
        **members,
    }
    if errors:
        content["errors"] = [{"field": name, "detail": message} for name, message in errors.items()]
    response = HttpResponse(
        json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )
    response["Cache-Control"] = "no-store"
    return response


def answer_of(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Return the problem document that *error* asks for."""
    response = problem_response(request, error.status, error.detail, error.errors)
    for name, value in error.headers.items():
        response[name] = value
    return response
