"""The shapes that every document shares. They are the OpenAPI components too.

A schema is closed: an undeclared key is an error when a document is built, and nothing is
validated when it is read. Unknown facts leave their key out; there is no ``null``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

LanguageTag = Annotated[
    str, Field(max_length=20, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="BCP 47.")
]
Url = Annotated[str, Field(max_length=2000, json_schema_extra={"format": "uri"})]
Line = Annotated[str, Field(max_length=2000)]
Text = Annotated[str, Field(max_length=100_000)]
Code = Annotated[str, Field(max_length=100)]


class DocumentPart(BaseModel):
    """A part of a document. Keys without a value are left out when it is written.

    Not Ninja's ``Schema``: that one reads values through attribute lookups, twice at every level
    of a closed schema, and made up a third of a build.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    def as_json(self) -> dict[str, Any]:
        """Return what is written of it, as JSON values."""
        return self.model_dump(mode="json", exclude_none=True)

    def as_text(self) -> str:
        """Return the same as compact JSON text, keys in their order, letters unescaped."""
        return self.model_dump_json(exclude_none=True)


class Worded(DocumentPart):
    """A part whose texts may not all be translated yet."""

    text_languages: dict[Code, LanguageTag] | None = Field(
        default=None,
        max_length=100,
        description="Of a partial translation: the language of each text here that is not in "
        "`language`, by the name of its field; `means.0` is the first of `means`. In formatted "
        "text, `lang` on the paragraph says it.",
    )


class OfficialName(DocumentPart):
    """A name that is not translated, with the language it is in."""

    text: Line
    lang: LanguageTag


class FormattedText(DocumentPart):
    """Formatted text: display HTML with absolute links, and the same as plain text."""

    html: Text
    text: Text


class Reference(DocumentPart):
    """A small summary of another object."""

    id: UUID
    type: Code
    title: Line
    url: Url = Field(description="The object in this API.")
    html_url: Url | None = Field(None, description="Its page, where it has one.")
    locale: LanguageTag = Field(description="The language of the title.")


class Translation(DocumentPart):
    """A published translation of a page."""

    locale: LanguageTag
    html_url: Url


class Rendition(Worded):
    """One size of an image; ``alt`` is empty where the image is decorative."""

    url: Url
    width: int = Field(ge=1, le=20_000, json_schema_extra={"format": "int32"})
    height: int = Field(ge=1, le=20_000, json_schema_extra={"format": "int32"})
    alt: Line
    mime: Code


class ItemSummary(Worded):
    """What every item of a list says of itself."""

    id: UUID
    type: Code
    url: Url
    title: Line
    title_language: LanguageTag = Field(description="An official name keeps its own language.")
    locale: LanguageTag = Field(description="The locale that was asked for.")
    language: LanguageTag = Field(description="The language that the texts are in.")
    is_fallback: bool = Field(description="True where a translation is missing.")
    html_url: Url | None = None


class Item(ItemSummary):
    """What every full document says of itself."""

    translations: list[Translation] = Field(max_length=100)


class Numbered(DocumentPart):
    """What the store adds to a document: the number and time of its last visible change."""

    sequence: int = Field(ge=1, le=2**53, json_schema_extra={"format": "int64"})
    modified: datetime
