"""Conditional requests (RFC 9110, section 13), answered before a document is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.views.decorators.http import require_GET

Response = TypeVar("Response", bound=HttpResponseBase)

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=300"
DOCUMENTATION = "public, max-age=300, s-maxage=3600"

LONGEST = 8000
"""Characters of ``If-None-Match`` that are read."""

SETTLED = timedelta(seconds=60)
"""The age from which a time of change is told.

Two changes may fall into one second, the unit of ``Last-Modified``, and a reader who came between
them would keep the first for ever (RFC 9110, section 8.8.2.2).
"""


@dataclass(frozen=True)
class Validators:
    """What a reader can ask by whether an answer is still the same. ``etag`` is quoted, strong."""

    etag: str
    modified: datetime | None = None

    @property
    def last_modified(self) -> int | None:
        """Seconds since 1970, once no other change can fall into the same one."""
        if self.modified is None or timezone.now() - self.modified < SETTLED:
            return None
        return int(self.modified.timestamp())


def validators_of(content: str | bytes) -> Validators:
    """Return the validators of an answer that is stored nowhere: a digest of its bytes."""
    data = content.encode() if isinstance(content, str) else content
    return Validators(f'"{hashlib.sha256(data).hexdigest()[:32]}"')


def is_conditional(request: HttpRequest) -> bool:
    """Whether *request* asks for an answer only if it has changed."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def not_modified(
    request: HttpRequest, validators: Validators, max_age: int | None = None
) -> HttpResponse | None:
    """Return a 304 if the reader holds this answer already, else ``None``.

    The tag goes back as the reader holds it, weak where it was compressed.
    """
    header = request.headers.get("If-None-Match")
    if header is None:
        return _not_modified_since(request, validators, max_age)
    held = parse_etags(header[:LONGEST])
    matching = next((tag for tag in held if tag.removeprefix("W/") == validators.etag), None)
    if matching is None and held != ["*"]:
        return None
    return _unchanged(validators, max_age, matching)


def _not_modified_since(
    request: HttpRequest, validators: Validators, max_age: int | None
) -> HttpResponse | None:
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", "")[:100])
    changed = validators.last_modified
    if since is None or changed is None or changed > since:
        return None
    return _unchanged(validators, max_age, None)


def _unchanged(validators: Validators, max_age: int | None, held: str | None) -> HttpResponse:
    response = HttpResponse(status=304)
    del response["Content-Type"]
    described(response, validators, max_age)
    if held is not None:
        response["ETag"] = held
    return response


def described(response: Response, validators: Validators, max_age: int | None = None) -> Response:
    """Write the validators and the caching rule of an answer.

    *max_age* is in seconds, for an answer that depends on the clock.
    """
    response["ETag"] = validators.etag
    if (changed := validators.last_modified) is not None:
        response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = CACHE_CONTROL if max_age is None else f"public, max-age={max_age}"
    return response


def joined(opening: str, items: Iterable[str], ending: str) -> bytes:
    """Return stored documents between *opening* and *ending*, with commas between them.

    Each is encoded by itself: where one letter is beyond Latin-1, the whole of a long text takes
    two bytes a letter, and encoding it took a third of an answer of a hundred documents.
    """
    content = b",".join([item.encode() for item in items])
    return b"".join((opening.encode(), content, ending.encode()))


def json_response(
    content: str | bytes, validators: Validators, max_age: int | None = None
) -> HttpResponse:
    """Return stored JSON text as an answer."""
    return described(HttpResponse(content, content_type="application/json"), validators, max_age)


def documentation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make *view* answer GET alone, with a tag of its bytes: it changes with a deploy only."""

    @require_GET
    @wraps(view, assigned=())
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        validators = validators_of(response.content)
        response = not_modified(request, validators) or described(response, validators)
        response["Cache-Control"] = DOCUMENTATION
        return response

    return answer
