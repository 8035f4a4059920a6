"""Terms, funding sources, organisations, districts and places as documents."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from centres.documents.facets import place_facets
from centres.documents.search import joined, place_document_texts
from centres.models import (
    ActivityType,
    Audience,
    AudienceKind,
    District,
    FundingSource,
    LegalForm,
    LegalReference,
    Organisation,
    Place,
    Sector,
    ServiceForm,
)
from cms import conf
from cms.delivery.facets import Facets
from cms.delivery.identity import identity, with_translations
from cms.delivery.look import Look
from cms.delivery.resources import Built, Resource, register
from cms.delivery.schemas import (
    Code,
    DocumentPart,
    Item,
    ItemSummary,
    Line,
    OfficialName,
    Reference,
    Text,
    Url,
)
from cms.delivery.visibility import Public


class Labelled(DocumentPart):
    """A stable code with its words in the locale that was asked for."""

    code: Code
    label: Line


class TermSummary(ItemSummary):
    code: Code


class TermDocument(Item):
    code: Code
    kind: Labelled | None = None


class OrganisationSummary(ItemSummary):
    name: OfficialName


class OrganisationDocument(Item):
    name: OfficialName
    sector: Labelled
    legal_form: Labelled
    website: Url | None = None


class DistrictSummary(ItemSummary):
    name: OfficialName


class DistrictDocument(Item):
    name: OfficialName


class FundingSourceSummary(ItemSummary):
    pass


class FundingSourceDocument(Item):
    established_by: Reference | None = None
    pinpoint: Line | None = None


class ComuneSummary(DocumentPart):
    istat_code: str = Field(pattern=r"^\d{6}$", max_length=6)
    name: OfficialName
    province_code: str = Field(pattern=r"^[A-Z]{2}$", max_length=2)


class Address(DocumentPart):
    """What is known of an address; unknown parts are left out."""

    street: OfficialName | None = None
    postal_code: str | None = Field(None, pattern=r"^\d{5}$", max_length=5)
    comune: ComuneSummary | None = None


class Point(DocumentPart):
    """WGS 84. With precision ``comune`` it is a centroid: good for distances, not for a pin."""

    latitude: float = Field(ge=-90, le=90, json_schema_extra={"format": "double"})
    longitude: float = Field(ge=-180, le=180, json_schema_extra={"format": "double"})
    precision: Code


class PlaceSummary(ItemSummary):
    name: OfficialName
    host: OfficialName | None = None
    address: Address
    point: Point | None = None


class PlaceDocument(Item, PlaceSummary):
    accessibility: Text | None = None
    directions: Text | None = None


def labelled(choice: Any, value: str) -> Labelled:
    """Return a model's choice by its value, with its label in the active language."""
    return Labelled(code=value, label=str(choice(value).label))


def official(text: str) -> OfficialName | None:
    """Return *text* as an official name, or ``None`` where it is unknown."""
    return OfficialName(text=text, lang=conf.official_language()) if text else None


def named(text: str) -> OfficialName:
    """Return *text*, which is known, as an official name."""
    return OfficialName(text=text, lang=conf.official_language())


def _build_term(state: Public, look: Look) -> Built:
    term = state.instance
    fields = identity(type(term), state, look)
    data = state.source
    kind = labelled(AudienceKind, data.kind) if isinstance(data, Audience) else None
    return Built(
        TermDocument(**with_translations(fields, type(term), look), code=data.code, kind=kind),
        TermSummary(**fields, code=data.code),
        sort_key=f"{data.sort_order:05d} {term.name}",
        facets=Facets(values=frozenset({("code", data.code)})),
        search=data.code,
    )


def _build_organisation(state: Public, look: Look) -> Built:
    body: Organisation = state.instance
    fields = identity(Organisation, state, look)
    return Built(
        OrganisationDocument(
            **with_translations(fields, Organisation, look),
            name=named(body.name),
            sector=labelled(Sector, body.sector),
            legal_form=labelled(LegalForm, body.legal_form),
            website=body.website or None,
        ),
        OrganisationSummary(**fields, name=named(body.name)),
        sort_key=body.name,
        facets=Facets(values=frozenset({("sector", body.sector)})),
    )


def _build_district(state: Public, look: Look) -> Built:
    fields = identity(District, state, look)
    name = named(state.instance.name)
    return Built(
        DistrictDocument(**with_translations(fields, District, look), name=name),
        DistrictSummary(**fields, name=name),
        sort_key=state.instance.name,
    )


def _build_funding_source(state: Public, look: Look) -> Built:
    source: FundingSource = state.source
    fields = identity(FundingSource, state, look)
    act = source.established_by
    found = look.references(LegalReference, [act.translation_key] if act else [])
    return Built(
        FundingSourceDocument(
            **with_translations(fields, FundingSource, look),
            established_by=next(iter(found), None),
            pinpoint=source.pinpoint or None,
        ),
        FundingSourceSummary(**fields),
        sort_key=state.instance.name,
    )


def comune_summary(comune: Any) -> ComuneSummary:
    return ComuneSummary(
        istat_code=comune.istat_code,
        name=named(comune.name),
        province_code=comune.province_code,
    )


def place_summary(state: Public, look: Look) -> PlaceSummary:
    """Return the summary of a place, as lists and seats show it."""
    return PlaceSummary(**identity(Place, state, look), **_place_fields(state.source))


def _place_fields(place: Place) -> dict[str, Any]:
    point = None
    if place.latitude is not None and place.longitude is not None:
        point = Point(
            latitude=float(place.latitude), longitude=float(place.longitude), precision="exact"
        )
    elif place.comune and place.comune.latitude is not None and place.comune.longitude is not None:
        point = Point(
            latitude=float(place.comune.latitude),
            longitude=float(place.comune.longitude),
            precision="comune",
        )
    return {
        "name": named(place.name),
        "host": official(place.host),
        "address": Address(
            street=official(place.street),
            postal_code=place.postal_code or None,
            comune=comune_summary(place.comune) if place.comune else None,
        ),
        "point": point,
    }


def _build_place(state: Public, look: Look) -> Built:
    words: Place = state.instance
    fields = identity(Place, state, look)
    left = look.untranslated(state)
    document = PlaceDocument(
        **with_translations(fields, Place, look),
        **_place_fields(state.source),
        accessibility=words.accessibility or None,
        directions=words.directions or None,
        text_languages=left.languages(
            accessibility=words.accessibility, directions=words.directions
        ),
    )
    return Built(
        document,
        place_summary(state, look),
        sort_key=state.source.name,
        facets=place_facets(state.source),
        search=joined(place_document_texts(document)),
    )


register(
    Resource(
        "activity-types",
        ActivityType,
        TermDocument,
        TermSummary,
        _build_term,
        "Activity types",
        "What centres may do: stable codes with names in each language.",
    )
)
register(
    Resource(
        "service-forms",
        ServiceForm,
        TermDocument,
        TermSummary,
        _build_term,
        "Forms of service",
        "The forms in which centres help.",
    )
)
register(
    Resource(
        "audiences",
        Audience,
        TermDocument,
        TermSummary,
        _build_term,
        "Audiences",
        "For whom centres and activities are meant.",
    )
)
register(
    Resource(
        "organisations",
        Organisation,
        OrganisationDocument,
        OrganisationSummary,
        _build_organisation,
        "Organisations",
        "Bodies that run, support or host centres.",
        official_title=True,
    )
)
register(
    Resource(
        "districts",
        District,
        DistrictDocument,
        DistrictSummary,
        _build_district,
        "Districts",
        "Social districts (Ambiti).",
        official_title=True,
    )
)
register(
    Resource(
        "funding-sources",
        FundingSource,
        FundingSourceDocument,
        FundingSourceSummary,
        _build_funding_source,
        "Funding sources",
        "Where the money comes from.",
        select_related=("established_by",),
    )
)
register(
    Resource(
        "places",
        Place,
        PlaceDocument,
        PlaceSummary,
        _build_place,
        "Places",
        "Where centres receive people.",
        select_related=("comune",),
        official_title=True,
    )
)
