"""The shapes of answers that are no documents: problems, the status, the feed."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from cms.delivery.schemas import Code, DocumentPart, LanguageTag, Url


class FieldProblem(Schema):
    field: Code
    detail: str = Field(max_length=500)


class Problem(Schema):
    """An error, as RFC 9457 describes it."""

    type: str = Field(max_length=200)
    title: str = Field(max_length=200)
    status: int = Field(ge=100, le=599, json_schema_extra={"format": "int32"})
    detail: str = Field(max_length=1000)
    instance: str = Field(max_length=2000)
    errors: list[FieldProblem] = Field(default_factory=list, max_length=100)


class Distance(DocumentPart):
    """How far the nearest point of an item is; ``comune``: from the centre of a comune."""

    metres: int = Field(ge=0, le=20_100_000, json_schema_extra={"format": "int32"})
    precision: Literal["exact", "comune"]


class Measured(DocumentPart):
    """What a list adds to its items where it was asked for what is near."""

    distance: Distance | None = None


class Status(Problem):
    demo: bool
    head: int = Field(ge=0, le=2**53, json_schema_extra={"format": "int64"})


class Change(Schema):
    """An upsert with its document, or a tombstone with its reason and no content."""

    change: Literal["upsert", "tombstone"]
    resource: Code
    id: UUID
    locale: LanguageTag
    sequence: int = Field(ge=1, le=2**53, json_schema_extra={"format": "int64"})
    reason: Code | None = None
    document: dict[str, Any] | None = None


class Changes(Schema):
    items: list[Change] = Field(max_length=100)
    next: Url
    at_end: bool
