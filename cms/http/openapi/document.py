"""The whole document: the contract, which is the same everywhere, and who publishes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI

from cms import conf
from cms.http.listing import LOCALE
from cms.http.openapi.publisher import Publisher
from cms.http.openapi.responses import HEADERS, finish_responses, problem_components
from cms.http.openapi.schemas import finish, reachable, references, without_nul

Json = dict[str, Any]

API_ID = "6f4f2f0a-7f0a-4c0e-9d0b-3c1c4a0b7e55"
"""Names this API whatever its title and address become; never changes."""

LOCALE_ADDRESS = "#/components/parameters/Locale"
SUMMARY = "Family centres, their programmes, activities and legal references as open data."
DESCRIPTION = """\
Everything that the pages of the family centres show, as open data: no key is needed.

* Read a list or an object, or follow `/changes`, which replays all that is visible and then tells
  every change in order.
* Ids are the same in every language. `locale` chooses the language, else `Accept-Language`.
  `is_fallback` marks a text that is not translated yet.
* What is unknown is left out; nothing is `null` but `next` on the last page.
* Answers carry an `ETag`: send it back as `If-None-Match`.
* Errors are problem documents (RFC 9457).
* A later version 1.x may add operations, properties and values of `type`: ignore what you do not
  know.
"""


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield path, method and operation of everything that *document* offers."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def contract(api: NinjaAPI) -> Json:
    """Return the document of *api* without publisher: paths, shapes and what all answers share."""
    made: Json = json.loads(json.dumps(api.get_openapi_schema(path_prefix=""), default=str))
    document: Json = {
        "openapi": made["openapi"],
        "info": {"title": api.title, "version": api.version, "x-api-id": API_ID},
        "paths": dict(sorted(made["paths"].items())),
        "security": [{}],
    }
    document["info"] |= {"summary": SUMMARY, "x-summary": SUMMARY, "description": DESCRIPTION}
    statuses: set[str] = set()
    for path, _method, operation in operations(document):
        finish_responses(path, operation)
        statuses |= {status for status in operation["responses"] if status[0] in "45d"}
        operation["parameters"] = [
            _parameter(parameter) for parameter in operation.get("parameters", [])
        ]
    problems = problem_components(statuses)
    schemas = {name: finish(schema) for name, schema in made["components"]["schemas"].items()}
    document["components"] = {
        "schemas": reachable(schemas, [document["paths"], problems]),
        "responses": problems,
        "headers": HEADERS,
        "parameters": {"Locale": LOCALE.openapi()},
    }
    used = set(references(document))
    document["components"]["headers"] = {
        name: header for name, header in HEADERS.items() if f"#/components/headers/{name}" in used
    }
    document["tags"] = _tags(document)
    return document


def _parameter(parameter: Json) -> Json:
    """Return *parameter*, finished; the locale stands in one place, where it is published."""
    if (parameter["in"], parameter["name"]) == ("query", LOCALE.name):
        return {"$ref": LOCALE_ADDRESS}
    described = {"description": f"The {parameter['name'].replace('_', ' ')} of the object."}
    return {**described, **parameter, "schema": without_nul(finish(parameter["schema"]))}


def _tags(document: Json) -> list[Json]:
    listed = [operation.get("tags", []) for _path, _method, operation in operations(document)]
    return [{"name": name} for name in sorted({name for names in listed for name in names})]


def published(document: Json, publisher: Publisher) -> Json:
    """Return *document* with the contact, terms, server and locales of *publisher*."""
    contact = {"name": publisher.name, "url": f"{publisher.root}/", "email": publisher.email}
    info = {
        **document["info"],
        "contact": {key: value for key, value in contact.items() if value},
        "termsOfService": publisher.terms,
    }
    if publisher.licence:
        info["license"] = {"name": "Licence of the contents", "url": publisher.licence}
    server: Json = {"url": f"{publisher.root}{conf.api_base()}", "description": "This service."}
    if publisher.is_sandbox:
        server["x-sandbox"] = True
    locale = {**LOCALE.openapi(), "schema": {"type": "string", "enum": list(publisher.locales)}}
    components = {**document["components"], "parameters": {"Locale": locale}}
    return {**document, "info": info, "servers": [server], "components": components}
