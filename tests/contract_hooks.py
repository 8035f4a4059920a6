"""What the OpenAPI document cannot say to Schemathesis."""

from __future__ import annotations

import os
from functools import cache
from typing import Any
from uuid import UUID

import requests
import schemathesis

ONLY_KNOWN = (
    "cursor",
    "comune",
    "province",
    "district",
    "activity_type",
    "audience",
    "open_at",
)
"""Parameters with values that no schema can tell."""


@schemathesis.hook
def before_call(context: Any, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    """Give valid requests what only the server knows.

    * They go without a cursor: it is checksummed, so only an answer can give one.
    * They go without filters whose values only the data can give: an unknown one is refused.
    * Three in four ask for an object that is there, or no item would ever be answered.

    Requests that are meant to be wrong are left as they are.
    """
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if case.query:
        for name in ONLY_KNOWN:
            case.query.pop(name, None)
    wanted = (case.path_parameters or {}).get("id")
    if wanted is None:
        return
    chosen, is_known = divmod(UUID(str(wanted)).int, 4)
    if is_known:
        known = known_ids(case.operation.path.partition("/{id}")[0])
        case.path_parameters["id"] = known[chosen % len(known)]


@cache
def known_ids(path: str) -> list[str]:
    """Return the ids of the first objects of a list."""
    answer = requests.get(f"{os.environ['CONTRACT_BASE']}{path}?limit=100", timeout=30)
    ids = [item["id"] for item in answer.json()["items"]]
    assert ids, path
    return ids
