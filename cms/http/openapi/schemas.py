"""Schemas as the document shows them: closed, bounded, without ``null`` for what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

REFERENCE = "#/components/schemas/"
LENGTHS = {"uuid": 36, "date": 10, "date-time": 40}
"""Characters of a string in a format of fixed length."""


def finish(schema: Json) -> Json:
    """Return *schema* and all below it in the form that the document shows.

    Objects are closed. A property that may be missing is never ``null``: the documents leave it
    out. Titles that only repeat a property's name are dropped.
    """
    result = {key: value for key, value in schema.items() if key != "title"}
    if len(result.get("allOf", ())) == 1:
        result = {**result.pop("allOf")[0], **result}
    if "const" in result:
        result["enum"] = [result.pop("const")]
        result.pop("default", None)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in result:
            result[key] = [finish(option) for option in result[key]]
    if isinstance(result.get("items"), dict):
        result["items"] = finish(result["items"])
    if result.get("type") == "array":
        result.setdefault("minItems", 0)
    if "properties" in result:
        required = _always_there(result)
        if required:
            result["required"] = required
        result["properties"] = {
            name: finish(value if name in required else _without_null(value))
            for name, value in result["properties"].items()
        }
        result.setdefault("additionalProperties", False)
    if result.get("type") == "string" and result.get("format") in LENGTHS:
        result.setdefault("maxLength", LENGTHS[result["format"]])
    return result


def without_nul(schema: Json) -> Json:
    """Return the *schema* of a parameter, in which free text holds no NUL: none is ever taken.

    The escape is one that regular expressions of all languages know.
    """
    if schema.get("type") == "array":
        return {**schema, "items": without_nul(schema["items"])}
    if schema.get("type") != "string" or {"enum", "format", "pattern"} & schema.keys():
        return schema
    return {**schema, "pattern": r"^[^\x00]*$"}


def _always_there(schema: Json) -> list[str]:
    """Return the required properties, and the constants that tell the kinds of a union apart."""
    constants = [name for name, value in schema["properties"].items() if "const" in value]
    return list(dict.fromkeys([*schema.get("required", []), *constants]))


def _without_null(schema: Json) -> Json:
    options = schema.get("anyOf")
    if not options:
        return schema
    left = [option for option in options if option.get("type") != "null"]
    others = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**left[0], **others} if len(left) == 1 else {**others, "anyOf": left}


def references(value: Any) -> Iterator[str]:
    """Yield the addresses of all that *value* refers to."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref" and isinstance(item, str):
                yield item
            else:
                yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def reachable(schemas: Json, start: Any) -> Json:
    """Return those of *schemas* that *start* refers to, directly or through others, by name."""
    found: set[str] = set()
    waiting = list(references(start))
    while waiting:
        address = waiting.pop()
        name = address.removeprefix(REFERENCE)
        if address.startswith(REFERENCE) and name not in found:
            found.add(name)
            waiting += references(schemas[name])
    return {name: schemas[name] for name in sorted(found)}
