"""Operations that apps add to the API beyond the lists and items of their resources.

An app's module ``delivery_api`` calls :func:`register_operations`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Annotated, Any

from ninja import NinjaAPI
from pydantic import Field

from cms.http.parameters import Parameter

MEDIA_TYPE_KEY = "x-media-type"

TextAnswer = Annotated[str, Field(max_length=2**31 - 1)]
"""An answer that JSON Schema cannot describe, such as a table."""

AddOperations = Callable[[NinjaAPI], None]

_registered: list[AddOperations] = []


def register_operations(add: AddOperations) -> AddOperations:
    """Announce *add*, which adds operations to the API when it is made. Works as a decorator."""
    if add not in _registered:
        _registered.append(add)
    return add


def registered() -> tuple[AddOperations, ...]:
    """Return what apps have announced, in that order."""
    return tuple(_registered)


def described(parameters: Iterable[Parameter], media_type: str = "") -> dict[str, Any]:
    """Return what an operation says of itself in the OpenAPI document beyond its shapes.

    Without *media_type* it answers JSON.
    """
    extra: dict[str, Any] = {"parameters": [parameter.openapi() for parameter in parameters]}
    return {**extra, MEDIA_TYPE_KEY: media_type.partition(";")[0]} if media_type else extra


def write_media_type(operation: dict[str, Any]) -> None:
    """Give the successful answer of an OpenAPI operation the media type that it declares."""
    media_type = operation.pop(MEDIA_TYPE_KEY, None)
    if media_type is not None:
        answer = operation["responses"][int(HTTPStatus.OK)]
        (content,) = answer["content"].values()
        answer["content"] = {media_type: content}
