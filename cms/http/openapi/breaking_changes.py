"""What a new OpenAPI document breaks for those who read by the old one.

The rule: every request that the old document allows must still be allowed, and every answer that
the new one allows must have been allowed before. Two things are left open, as the document itself
says: an answer may gain properties, and a union with a discriminator may gain kinds.
"""

from __future__ import annotations

from typing import Any, Literal

Json = dict[str, Any]
Direction = Literal["request", "response"]

UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
SAME = ("pattern", "format", "uniqueItems", "multipleOf")
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


def breaking_changes(old: Json, new: Json) -> list[str]:
    """Return a sentence for each breaking change, in the order of the old document."""
    return _Comparison(old, new).run()


class _Comparison:
    def __init__(self, old: Json, new: Json) -> None:
        self.old, self.new = old, new
        self.found: dict[str, None] = {}
        self.compared: set[tuple[str, str, str]] = set()

    def run(self) -> list[str]:
        for path, methods in self.old["paths"].items():
            if path not in self.new["paths"]:
                self.report(path, "the path is gone")
                continue
            for method in (name for name in METHODS if name in methods):
                where = f"{method.upper()} {path}"
                if method not in self.new["paths"][path]:
                    self.report(where, "the operation is gone")
                else:
                    self.operation(where, methods[method], self.new["paths"][path][method])
        return list(self.found)

    def report(self, where: str, what: str) -> None:
        self.found[f"{where}: {what}"] = None

    def operation(self, where: str, old: Json, new: Json) -> None:
        if old.get("operationId") != new.get("operationId"):
            self.report(where, f"operationId was {old.get('operationId')!r}")
        self.parameters(where, old, new)
        self.request_body(where, old.get("requestBody"), new.get("requestBody"))
        for status, response in old["responses"].items():
            place = f"{where} {status}"
            if status not in new["responses"]:
                self.report(place, "the response is gone")
                continue
            before = resolve(self.old, response)
            after = resolve(self.new, new["responses"][status])
            for header in before.get("headers", {}):
                if header not in after.get("headers", {}):
                    self.report(place, f"the header {header} is gone")
            self.content(place, before, after, "response")

    def parameters(self, where: str, old: Json, new: Json) -> None:
        before, after = _parameters(self.old, old), _parameters(self.new, new)
        for key, parameter in before.items():
            place = f"{where} ?{key[1]}"
            if key not in after:
                self.report(place, "the parameter is gone")
                continue
            if after[key].get("required") and not parameter.get("required"):
                self.report(place, "the parameter is required now")
            if any(parameter.get(name) != after[key].get(name) for name in ("style", "explode")):
                self.report(place, "the parameter is written in another way")
            self.schema(place, parameter["schema"], after[key]["schema"], "request")
        for key, parameter in after.items():
            if key not in before and parameter.get("required"):
                self.report(f"{where} ?{key[1]}", "a new parameter is required")

    def request_body(self, where: str, old: Json | None, new: Json | None) -> None:
        before, after = resolve(self.old, old or {}), resolve(self.new, new or {})
        if after.get("required") and not before.get("required"):
            self.report(where, "a body is required now")
        if before and not after:
            self.report(where, "the body is gone")
            return
        self.content(f"{where} body", before, after, "request")

    def content(self, where: str, old: Json, new: Json, direction: Direction) -> None:
        for media_type, media in old.get("content", {}).items():
            if media_type not in new.get("content", {}):
                self.report(where, f"the media type {media_type} is gone")
            elif "schema" in media:
                after = new["content"][media_type].get("schema", {})
                self.schema(where, media["schema"], after, direction)

    def schema(self, where: str, old: Json, new: Json, direction: Direction) -> None:
        pair = (str(old.get("$ref", id(old))), str(new.get("$ref", id(new))), direction)
        if pair in self.compared:
            return
        self.compared.add(pair)
        where = old["$ref"].rsplit("/", 1)[-1] if "$ref" in old else where
        old, new = resolve(self.old, old), resolve(self.new, new)
        if _is_union(old) or _is_union(new):
            self.union(where, old, new, direction)
            return
        # What the sender of a value may send must be within what its reader knows.
        sent, known = (old, new) if direction == "request" else (new, old)
        self.values(where, sent, known)
        if direction == "request" and old.get("default") != new.get("default"):
            self.report(where, f"the default was {old.get('default')!r}")
        self.properties(where, old, new, direction)
        if isinstance(old.get("items"), dict):
            self.schema(f"{where}[]", old["items"], new.get("items", {}), direction)

    def values(self, where: str, sent: Json, known: Json) -> None:
        if not _types(sent) <= _types(known):
            self.report(where, f"the type: {_listed(sent)} is not within {_listed(known)}")
        if "enum" in known:
            others = [
                value for value in sent.get("enum", ["any value"]) if value not in known["enum"]
            ]
            if others:
                self.report(where, f"the values {others!r} are not among {known['enum']!r}")
        for names, is_wider in ((UPPER, _is_above), (LOWER, _is_below)):
            for name in names:
                if name in known and is_wider(sent.get(name), known[name]):
                    self.report(where, f"{name}: {sent.get(name)!r} is beyond {known[name]!r}")
        for name in SAME:
            if name in known and sent.get(name) != known[name] and "enum" not in sent:
                self.report(where, f"{name}: {sent.get(name)!r} is not {known[name]!r}")

    def properties(self, where: str, old: Json, new: Json, direction: Direction) -> None:
        before, after = old.get("properties", {}), new.get("properties", {})
        must_before, must_after = set(old.get("required", [])), set(new.get("required", []))
        for name, schema in before.items():
            place = f"{where}.{name}"
            if name not in after:
                self.report(place, "the property is gone")
                continue
            if direction == "response" and name in must_before - must_after:
                self.report(place, "the property is optional now")
            self.schema(place, schema, after[name], direction)
        if direction == "request":
            for name in sorted(must_after - must_before):
                self.report(f"{where}.{name}", "the property is required now")

    def union(self, where: str, old: Json, new: Json, direction: Direction) -> None:
        before, after = _options(old), _options(new)
        gone = [label for label in before if label not in after]
        added = [label for label in after if label not in before]
        for label in before:
            if label in after:
                self.schema(f"{where}({label})", before[label], after[label], direction)
        is_open = "discriminator" in old and "discriminator" in new
        if not is_open:
            # An option whose component was only renamed is compared with what stands in its place.
            for one, other in zip(list(gone), list(added), strict=False):
                if "null" not in (one, other):
                    self.schema(f"{where}({one})", before[one], after[other], direction)
                    gone.remove(one)
                    added.remove(other)
        if direction == "response" and not is_open:
            for label in added:
                self.report(where, f"it may be {label} now")
        if direction == "request" or is_open:
            for label in gone:
                self.report(where, f"it may no longer be {label}")


def resolve(document: Json, value: Json) -> Json:
    """Return what *value* refers to in *document*, or *value* itself."""
    while "$ref" in value:
        found: Any = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def _parameters(document: Json, operation: Json) -> dict[tuple[str, str], Json]:
    listed = (resolve(document, parameter) for parameter in operation.get("parameters", []))
    return {(parameter["in"], parameter["name"]): parameter for parameter in listed}


def _is_union(schema: Json) -> bool:
    return "anyOf" in schema or "oneOf" in schema


def _options(schema: Json) -> dict[str, Json]:
    """Return the options of a union, or the one of what is none, by what tells them apart."""
    mapping = schema.get("discriminator", {}).get("mapping")
    if mapping:
        return {value: {"$ref": address} for value, address in mapping.items()}
    options = schema.get("anyOf") or schema.get("oneOf") or [schema]
    return {
        option.get("$ref", "").rsplit("/", 1)[-1] or str(option.get("type", position)): option
        for position, option in enumerate(options)
    }


def _types(schema: Json) -> set[str]:
    stated = schema.get("type", [])
    types = {stated} if isinstance(stated, str) else set(stated)
    if not types:
        types = {"array", "boolean", "integer", "null", "number", "object", "string"}
    return types | {"integer"} if "number" in types else types


def _listed(schema: Json) -> str:
    return "/".join(sorted(_types(schema)))


def _is_above(sent: Any, known: Any) -> bool:
    return sent is None or sent > known


def _is_below(sent: Any, known: Any) -> bool:
    # No lower bound of a length or a count is a bound of zero.
    return (sent is None and known > 0) or (sent is not None and sent < known)
