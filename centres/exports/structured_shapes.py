"""The shapes of structured data: those parts of schema.org that are written here."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from cms.delivery.schemas import Code, LanguageTag, Line, Text, Url

Clock = Annotated[str, Field(max_length=5, pattern=r"^\d{2}:\d{2}$")]


class LinkedNode(Schema):
    """A node of JSON-LD; keys without a value are left out."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class LinkedOrganization(LinkedNode):
    type_: Literal["Organization"] = Field(alias="@type")
    name: Line


class LinkedArea(LinkedNode):
    type_: Literal["AdministrativeArea"] = Field(alias="@type")
    name: Line
    identifier: Code = Field(description="ISTAT code of the comune.")


class LinkedAudience(LinkedNode):
    type_: Literal["Audience"] = Field(alias="@type")
    audienceType: Line


class LinkedAddress(LinkedNode):
    type_: Literal["PostalAddress"] = Field(alias="@type")
    streetAddress: Line
    postalCode: Code
    addressLocality: Line
    addressRegion: Code
    addressCountry: Literal["IT"]


class LinkedPoint(LinkedNode):
    type_: Literal["GeoCoordinates"] = Field(alias="@type")
    latitude: float = Field(ge=-90, le=90, json_schema_extra={"format": "double"})
    longitude: float = Field(ge=-180, le=180, json_schema_extra={"format": "double"})


class LinkedHours(LinkedNode):
    type_: Literal["OpeningHoursSpecification"] = Field(alias="@type")
    dayOfWeek: list[Url] = Field(max_length=7)
    opens: Clock
    closes: Clock


class LinkedPlace(LinkedNode):
    type_: Literal["Place"] = Field(alias="@type")
    name: Line
    address: LinkedAddress
    geo: LinkedPoint | None = None
    openingHoursSpecification: list[LinkedHours] = Field([], max_length=200)


class LinkedContactPoint(LinkedNode):
    type_: Literal["ContactPoint"] = Field(alias="@type")
    telephone: Code


class LinkedChannel(LinkedNode):
    type_: Literal["ServiceChannel"] = Field(alias="@type")
    serviceUrl: Url | None = None
    servicePhone: list[LinkedContactPoint] = Field([], max_length=200)
    serviceLocation: LinkedPlace


class LinkedService(LinkedNode):
    """A family centre as schema.org describes a service of a public administration."""

    context: Literal["https://schema.org"] = Field(alias="@context")
    type_: Literal["GovernmentService"] = Field(alias="@type")
    id_: Url = Field(alias="@id")
    name: Line
    description: Text | None = None
    url: Url | None = None
    serviceType: Line | None = None
    serviceOperator: list[LinkedOrganization] = Field([], max_length=200)
    areaServed: list[LinkedArea] = Field([], max_length=2000)
    audience: list[LinkedAudience] = Field([], max_length=1000)
    availableChannel: list[LinkedChannel] = Field(min_length=1, max_length=500)
    inLanguage: LanguageTag


class LinkedAct(LinkedNode):
    type_: Literal["Legislation"] = Field(alias="@type")
    id_: Url = Field(alias="@id")
    name: Line


class LinkedLegislation(LinkedNode):
    """An act as schema.org describes legislation, in the terms of ELI."""

    context: Literal["https://schema.org"] = Field(alias="@context")
    type_: Literal["Legislation"] = Field(alias="@type")
    id_: Url = Field(alias="@id")
    name: Line
    alternateName: Line
    description: Text | None = None
    url: Url | None = None
    sameAs: Url | None = None
    legislationIdentifier: Line
    legislationType: Line
    legislationDate: Code | None = None
    legislationPassedBy: LinkedOrganization
    legislationJurisdiction: Literal["IT"]
    legislationLegalForce: Url | None = None
    legislationChanges: list[LinkedAct] = Field([], max_length=200)
    legislationRepeals: list[LinkedAct] = Field([], max_length=200)
    legislationConsolidates: list[LinkedAct] = Field([], max_length=200)
    inLanguage: LanguageTag
