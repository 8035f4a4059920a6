"""E006: of two schemas of one name, Ninja shows only the last in the OpenAPI document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, get_args

from django.core import checks
from ninja import NinjaAPI
from pydantic import BaseModel

from cms.delivery import resources


@checks.register
def check_component_names_are_unique(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every component name of the API's document belongs to one class."""
    # Imported when the check runs: the foundation starts without the API.
    from cms.http.api import make_api

    announced = [
        schema
        for resource in resources.all_resources()
        for schema in (resource.document, resource.summary)
    ]
    return name_errors([*announced, *response_schemas(make_api())])


def response_schemas(api: NinjaAPI) -> Iterator[Any]:
    """Yield what the operations of *api* take and answer, as they are annotated."""
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                # Ninja wraps each body and each answer in a class that it takes off again.
                wrappers = [*operation.models, *operation.response_models.values()]
                for wrapper in wrappers:
                    for field in getattr(wrapper, "model_fields", {}).values():
                        yield field.annotation


def name_errors(schemas: Iterable[Any]) -> list[checks.CheckMessage]:
    """Return an error for each name that several classes below *schemas* share."""
    found: dict[str, dict[type, None]] = defaultdict(dict)
    for schema in components(schemas):
        found[component_name(schema)][schema] = None
    return [
        checks.Error(
            f"{len(classes)} schemas are called {name!r} in the OpenAPI document: "
            f"{', '.join(f'{item.__module__}.{item.__qualname__}' for item in classes)}.",
            hint="Rename all but one: Ninja would describe only the last, for all of them.",
            id="family_cms.E006",
        )
        for name, classes in found.items()
        if len(classes) > 1
    ]


def component_name(schema: type) -> str:
    """Return the name that Pydantic gives *schema* in a JSON schema."""
    return re.sub(r"[^a-zA-Z0-9.\-_]", "_", schema.__name__)


def components(annotations: Iterable[Any]) -> set[type]:
    """Return all classes that become components: schemas and enumerations, at any depth."""
    found: set[type] = set()
    waiting = list(annotations)
    while waiting:
        annotation = waiting.pop()
        waiting += get_args(annotation)
        if not isinstance(annotation, type) or annotation in found:
            continue
        if issubclass(annotation, BaseModel):
            found.add(annotation)
            waiting += [field.annotation for field in annotation.model_fields.values()]
        elif issubclass(annotation, Enum):
            found.add(annotation)
    return found
