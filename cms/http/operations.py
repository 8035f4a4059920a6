"""Operations that apps add to the API beyond the lists and items of their resources.

An app's module ``delivery_api`` calls :func:`register_operations`.
"""

from __future__ import annotations

from collections.abc import Callable

from ninja import NinjaAPI

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
