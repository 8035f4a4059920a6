"""Changes a block at a path inside stored stream content, read by its shape.

Wagtail's own walk needs a block definition. The one at hand is the live one, and that knows
neither names that a later migration took away nor what to do with an empty list or a missing
value. The stored JSON says by itself what it is: a stream or a list is a JSON array whose members
have a ``type`` (``item`` in a list), a struct is a JSON object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail.blocks.migrations.operations import (
    BaseBlockOperation,
    RenameStreamChildrenOperation,
    RenameStructChildrenOperation,
)

Trail = tuple[str, ...]
"""Where a block is, as wagtail-localize writes it: ids of stream and list children, names of
struct children."""


def apply_at(
    value: Any, path: Sequence[str], operation: BaseBlockOperation, trail: Trail = ()
) -> tuple[Any, list[Trail]]:
    """Apply *operation* to all blocks at *path*; return the new value and where they were found.

    *path* names blocks from the outside in, ``item`` for the members of a list. What is not there
    (an empty list, a value left out) is left alone. *value* itself is not changed.
    """
    if value is None:
        return value, []
    if not path:
        return operation.apply(value), [trail]
    name, rest = path[0], path[1:]
    if isinstance(value, dict):
        if name not in value:
            return value, []
        changed, trails = apply_at(value[name], rest, operation, (*trail, name))
        return {**value, name: changed}, trails
    if not isinstance(value, list):
        return value, []
    children, found = [], []
    for child in value:
        if isinstance(child, dict) and child.get("type") == name:
            here = (*trail, str(child.get("id", "")))
            changed, trails = apply_at(child["value"], rest, operation, here)
            child = {**child, "value": changed}
            found += trails
        children.append(child)
    return children, found


def moved_paths(operation: BaseBlockOperation, trails: list[Trail]) -> list[tuple[str, str]]:
    """Return old and new content paths: only the names of struct children stand in them."""
    if not isinstance(operation, RenameStructChildrenOperation):
        return []
    return [
        (".".join((*trail, operation.old_name)), ".".join((*trail, operation.new_name)))
        for trail in trails
    ]


def moved(path: str, moves: Sequence[Mapping[str, str]]) -> str:
    """Return where *path* lies after each of the *moves* in turn."""
    for step in moves:
        parts = path.split(".")
        for length in range(1, len(parts) + 1):
            start = ".".join(parts[:length])
            if start in step:
                path = step[start] + path[len(start) :]
                break
    return path


def inverse(operation: BaseBlockOperation) -> BaseBlockOperation | None:
    """Return what undoes *operation*, or ``None`` where it loses something."""
    if isinstance(operation, RenameStreamChildrenOperation | RenameStructChildrenOperation):
        return type(operation)(old_name=operation.new_name, new_name=operation.old_name)
    return None
