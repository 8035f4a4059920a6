"""Which methods an address answers, told by the router itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from cms.http.origins import may_post
from cms.http.problems import ProblemError

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
BODY_TYPES = ("application/json",)
"""Media types of bodies."""

ALLOWED_HEADERS = "Accept-Language, Content-Type, Idempotency-Key, If-Modified-Since, If-None-Match"
NOT_ANSWERED = "This address does not answer such a request."


def allow(methods: str) -> str:
    """Return an ``Allow`` header from what the router names: HEAD goes with GET, OPTIONS always."""
    named = {name.strip().upper() for name in methods.split(",") if name.strip()}
    if "GET" in named:
        named.add("HEAD")
    rest = sorted(named - {"GET", "HEAD", "OPTIONS"})
    return ", ".join([*(name for name in ("GET", "HEAD") if name in named), *rest, "OPTIONS"])


def allowed_methods(request: HttpRequest, match: ResolverMatch) -> str:
    """Return the ``Allow`` header of an address.

    No operation answers OPTIONS itself: the router's refusal names what it does answer.
    """
    method, request.method = request.method, "OPTIONS"
    try:
        response = match.func(request, *match.args, **match.kwargs)
    finally:
        request.method = method
    return allow(response.get("Allow", "GET"))


def preflight(allowed: str) -> HttpResponse:
    """Answer OPTIONS; readers may come from every origin, what is sent in from some only."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = allowed
    response["Access-Control-Allow-Methods"] = allowed
    response["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
    response["Access-Control-Max-Age"] = "86400"
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Access-Control-Request-Method", "Origin"])
    return response


def is_open(request: HttpRequest, method: str | None) -> bool:
    """Whether the browser of any origin may go on: not where it asks to send something in."""
    if method != "OPTIONS":
        return True
    wanted = request.headers.get("Access-Control-Request-Method", "")
    return wanted not in WITH_BODY or may_post(request)


def refuse_body(request: HttpRequest, allowed: str) -> None:
    """Raise a 405 where no body is taken, a 415 where it has another media type."""
    if request.method not in allowed.split(", "):
        raise ProblemError(405, NOT_ANSWERED, headers={"Allow": allowed})
    if request.content_type not in BODY_TYPES:
        types = ", ".join(BODY_TYPES)
        raise ProblemError(
            415, f"Send the body as one of: {types}.", headers={"Accept": types, "Allow": allowed}
        )
