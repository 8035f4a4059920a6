"""What every operation may answer: problems, and the headers of each answer.

RAC_REST_NAME_008 asks for problem documents, RAC_ROBUSTEZZA_001 and 002 for rate limits and
``Retry-After``, RAC_REST_NAME_009 and 010 for validators and documented caching.
"""

from __future__ import annotations

from typing import Any

from cms.http.openapi.schemas import REFERENCE
from cms.http.problems import MEDIA_TYPE, phrase

Json = dict[str, Any]

PROBLEM_SHAPES = frozenset({f"{REFERENCE}Problem", f"{REFERENCE}Status"})
EVERYWHERE = ("400", "429", "500", "503")
"""Errors that any operation may answer with, whether or not it declares them."""

LIMITS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
LOCALISED = ("Content-Language", "Vary")


def _number(description: str) -> Json:
    schema = {"type": "integer", "format": "int32", "minimum": 0, "maximum": 2**31 - 1}
    return {"description": description, "schema": schema}


def _text(description: str, pattern: str | None = None, length: int = 2000) -> Json:
    schema: Json = {"type": "string", "maxLength": length}
    if pattern:
        schema["pattern"] = pattern
    return {"description": description, "schema": schema}


HEADERS: Json = {
    "X-RateLimit-Limit": _number("Requests that the window allows."),
    "X-RateLimit-Remaining": _number("Requests that are left in the window."),
    "X-RateLimit-Reset": _number("Seconds until the window begins anew."),
    "Retry-After": _number("Seconds to wait before the next request."),
    "Cache-Control": _text(
        "How long the answer may be kept: max-age by the reader, s-maxage by shared caches, "
        "stale-while-revalidate while they ask again; no-store forbids it.",
        length=200,
    ),
    "ETag": _text("Validator of the answer, for If-None-Match.", '^(W/)?"[^"]*"$', 200),
    "Last-Modified": _text("Time of the last visible change.", length=40),
    "Content-Language": _text(
        "Locale of the answer.", "^[a-z]{2,3}(-[A-Za-z0-9]+)*(, [a-z]{2,3}(-[A-Za-z0-9]+)*)*$", 100
    ),
    "Link": _text("Links by their IANA relations; next is the next page.", length=4000),
    "Vary": _text("Request headers that chose the answer.", length=200),
}


def finish_responses(path: str, operation: Json) -> None:
    """Complete the responses of *operation* in place.

    An operation that declares 304 has a validator and languages, and where it answers one object
    the time of its last change; one that answers a list or the feed, ``Link``.
    """
    declared: Json = operation["responses"]
    problems = {status for status in declared if status[0] in "45"} | {*EVERYWHERE, "default"}
    if "{" in path:
        problems.add("404")
    responses: Json = {}
    for status, response in sorted(declared.items()):
        if status[0] in "123":
            responses[status] = _answer(status, response, "304" in declared, "{" in path)
    responses |= {status: {"$ref": _address(status)} for status in sorted(problems)}
    operation["responses"] = responses


def _answer(status: str, response: Json, is_conditional: bool, is_item: bool) -> Json:
    names = [*LIMITS, "Cache-Control"]
    if is_conditional:
        names += ["ETag", *LOCALISED, *(["Last-Modified"] if is_item else [])]
    content = response.get("content", {})
    if status == "304":
        content = {}
    schemas = [media["schema"].get("$ref", "") for media in content.values()]
    if any(address in PROBLEM_SHAPES for address in schemas):
        content = {MEDIA_TYPE: next(iter(content.values()))}
    if any(address.endswith(("List", "Changes")) for address in schemas):
        names.append("Link")
    answer = {**response, "headers": _references(names)}
    answer.pop("content", None)
    return {**answer, "content": content} if content else answer


def _references(names: list[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem_components(statuses: set[str]) -> Json:
    """Return the shared problem responses of *statuses*, by the names that operations refer to."""
    return {_name(status): _problem(status) for status in sorted(statuses)}


def _problem(status: str) -> Json:
    names = ["Cache-Control"]
    if status[0] == "4":
        names = [*LIMITS, *names]
    if status in ("429", "503"):
        names = ["Retry-After", *names]
    description = "Any other error" if status == "default" else phrase(int(status))
    return {
        "description": description,
        "headers": _references(names),
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}},
    }


def _name(status: str) -> str:
    if status == "default":
        return "OtherError"
    return "".join(word.capitalize() for word in phrase(int(status)).split())


def _address(status: str) -> str:
    return f"#/components/responses/{_name(status)}"
