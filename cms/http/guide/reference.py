"""What the OpenAPI document says, for the guide: nothing is named that the API does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ShownParameter:
    """A query parameter: its name, what it does, its choices, and whether it may be repeated."""

    name: str
    description: str
    choices: tuple[str, ...]
    repeatable: bool


@dataclass(frozen=True)
class ShownOperation:
    """An operation: its method, its path and what it does."""

    method: str
    path: str
    summary: str


def operations(document: Mapping[str, Any]) -> list[ShownOperation]:
    """Return the operations of an OpenAPI *document*, by path."""
    return sorted(
        (
            ShownOperation(method.upper(), path, operation.get("summary", ""))
            for path, method, operation in _walk(document)
        ),
        key=lambda shown: shown.path,
    )


def parameters(document: Mapping[str, Any], operation_id: str) -> list[ShownParameter]:
    """Return the query parameters of an operation; ``LookupError`` if there is none such."""
    for _path, _method, operation in _walk(document):
        if operation.get("operationId") == operation_id:
            return [
                _parameter(stated)
                for stated in operation.get("parameters", ())
                if stated["in"] == "query"
            ]
    raise LookupError(f"The API has no operation {operation_id}.")


def _walk(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield path, method, operation


def _parameter(stated: Mapping[str, Any]) -> ShownParameter:
    schema = stated.get("schema", {})
    value = schema.get("items", schema)
    return ShownParameter(
        name=stated["name"],
        description=stated.get("description", ""),
        choices=tuple(str(choice) for choice in value.get("enum", ())),
        repeatable=schema.get("type") == "array",
    )
