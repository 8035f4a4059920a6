"""The shapes of answers that are no documents: problems, the status, the feed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, create_model

from cms.delivery.schemas import Code, DocumentPart, Item, LanguageTag, Url


class Shape(Schema):
    """An answer of the API, or a part of one, with nothing in it but what is declared."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(Shape):
    field: Code
    detail: str = Field(max_length=500)


class Problem(Shape):
    """An error, as RFC 9457 describes it."""

    type: str = Field(max_length=200, json_schema_extra={"format": "uri-reference"})
    title: str = Field(max_length=200)
    status: int = Field(ge=100, le=599, json_schema_extra={"format": "int32"})
    detail: str = Field(max_length=1000)
    instance: str = Field(max_length=2000, json_schema_extra={"format": "uri-reference"})
    errors: list[FieldProblem] = Field(default_factory=list, max_length=100)


class Distance(DocumentPart):
    """How far the nearest point of an item is; ``comune``: from the centre of a comune."""

    metres: int = Field(ge=0, le=20_100_000, json_schema_extra={"format": "int32"})
    precision: Literal["exact", "comune"]


class Measured(DocumentPart):
    """What a list adds to its items where it was asked for what is near."""

    distance: Distance | None = None


class Status(Problem):
    """How the service is, in the shape of a problem also when all is well."""

    demo: bool
    head: int = Field(ge=0, le=2**53, json_schema_extra={"format": "int64"})


class ChangeHead(Shape):
    """What every change says: of which object in which locale, and its number."""

    resource: Code
    id: UUID
    locale: LanguageTag
    sequence: int = Field(ge=1, le=2**53, json_schema_extra={"format": "int64"})


class Tombstone(ChangeHead):
    """Something is no longer visible. It has a reason and no content."""

    change: Literal["tombstone"]
    reason: Code


def changes_of(documents: Sequence[type[BaseModel]]) -> type[BaseModel]:
    """Return the shape of the feed over *documents*, which differ in their ``type``."""
    document: Any = reduce(or_, documents) if documents else Item
    if len(documents) > 1:
        document = Annotated[document, Field(discriminator="type")]
    named_upsert: Any = Literal["upsert"]
    upsert: Any = create_model(
        "Upsert",
        __base__=ChangeHead,
        __doc__="Something is visible, or looks different: its full document.",
        change=(named_upsert, ...),
        document=(document, ...),
    )
    changes: Any = list[Annotated[upsert | Tombstone, Field(discriminator="change")]]
    return create_model(
        "Changes",
        __base__=Shape,
        __doc__="A page of the feed, and where the next one begins.",
        items=(changes, Field(max_length=100)),
        next=(Url, ...),
        at_end=(bool, Field(description="True when nothing has happened since.")),
    )
