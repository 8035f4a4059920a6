"""The filters of the lists of this app. Those in capitals serve every resource with such facets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import TextChoices

from centres.citations import ActType
from centres.models import Comune, Management, SeatRole, Sector
from cms.delivery.models import Entry, Facet
from cms.http.filters import FacetFilter, SpanFilter, declare_filters
from cms.http.geography import BoxFilter, NearFilter
from cms.http.known import Known
from cms.http.opening import OpenAtFilter, OpenNowFilter
from cms.http.parameters import Parameter, one_of, whole_number

MAX_AGE = 120
FIRST_YEAR, LAST_YEAR = 1861, 2200


def matching(pattern: str, hint: str) -> Callable[[str], str]:
    """Return a parser that takes what *pattern* matches, and gives *hint* where it refuses."""

    def parse(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(hint)
        return text

    return parse


province_code = matching(r"[A-Z]{2}", "Use the two capital letters of a province, such as VA.")


def public_id(text: str) -> str:
    """Read an id as the API writes it, or raise ``ValueError``."""
    hint = "Use an id as the API gives it: a UUID."
    return str(UUID(matching(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", hint)(text)))


def _of_codes(resource: str, hint: str) -> Known:
    """Return where the codes of the public terms of a vocabulary are found."""

    def find(values: list[str]) -> Any:
        return Facet.objects.filter(resource=resource, name="code", value__in=values)

    return Known(find, "value", hint)


def comune_filter(description: str) -> FacetFilter:
    """Return the filter ``comune``; *description* says what a comune is to the resource."""
    return FacetFilter(
        Parameter(
            "comune",
            description,
            {"type": "string", "pattern": "^[0-9]{6}$", "maxLength": 6},
            repeatable=True,
        ),
        matching(r"[0-9]{6}", "Use the six digits of an ISTAT code, such as 012133."),
        Known(
            lambda values: Comune.objects.filter(pk__in=values),
            "istat_code",
            "Use the ISTAT code of a comune of Lombardy, such as 012133.",
        ),
    )


def province_filter(description: str) -> FacetFilter:
    """Return the filter ``province``; *description* says what a province is to the resource."""
    return FacetFilter(
        Parameter(
            "province",
            description,
            {"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 2},
            repeatable=True,
        ),
        province_code,
        Known(
            lambda values: Comune.objects.filter(province_code__in=values),
            "province_code",
            "Use a province of Lombardy, such as VA or CO.",
        ),
    )


def choice_filter(name: str, description: str, choices: type[TextChoices]) -> FacetFilter:
    """Return a filter by one of the values of a model's *choices*."""
    return FacetFilter(
        Parameter(
            name,
            description,
            {"type": "string", "enum": list(choices.values)},
            repeatable=True,
        ),
        one_of(choices.values),
    )


def _term_filter(name: str, description: str, resource: str) -> FacetFilter:
    return FacetFilter(
        Parameter(
            name,
            description,
            {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60},
            repeatable=True,
        ),
        matching(r"[a-z0-9]+(-[a-z0-9]+)*", "Use a code: small letters, digits and hyphens."),
        _of_codes(resource, f"Use a code that the list {resource} gives."),
    )


def _object_filter(name: str, description: str, resource: str) -> FacetFilter:
    """Return a filter by the ids of the public objects of *resource*."""
    return FacetFilter(
        Parameter(
            name,
            description,
            {"type": "string", "format": "uuid", "maxLength": 36},
            repeatable=True,
        ),
        public_id,
        Known(
            lambda values: Entry.objects.filter(
                resource=resource, public_id__in=values, deleted=False
            ),
            "public_id",
            f"Use an id that the list {resource} gives.",
            plain=lambda answer: str(UUID(answer)),
        ),
    )


COMUNE = comune_filter("ISTAT code of a comune that is served.")
PROVINCE = province_filter("Province of a comune that is served, or of a current seat.")
DISTRICT = _object_filter("district", "Id of a district.", "districts")
LEGAL_REFERENCE = _object_filter(
    "legal_reference", "Id of an act that a centre states as its legal basis.", "legal-references"
)
ACTIVITY_TYPE = _term_filter("activity_type", "Code of a type of activity.", "activity-types")
AUDIENCE = _term_filter("audience", "Code of an audience of an activity.", "audiences")
AGE = SpanFilter(
    Parameter(
        "age",
        "Age in completed years for which an activity is meant. An activity that states no ages "
        "matches none.",
        {"type": "integer", "format": "int32", "minimum": 0, "maximum": MAX_AGE},
        repeatable=True,
    ),
    lambda text: whole_number(text, 0, MAX_AGE),
)
MANAGEMENT = choice_filter("management", "Who runs it.", Management)
ROLE = choice_filter(
    "role",
    "Role of a seat that is active or temporary: planned and ended ones do not count.",
    SeatRole,
)
SECTOR = choice_filter("sector", "Sector of the organisation.", Sector)
ACT_TYPE = choice_filter("act_type", "Type of act.", ActType)
YEAR = FacetFilter(
    Parameter(
        "year",
        "Year of the act.",
        {"type": "integer", "format": "int32", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        repeatable=True,
    ),
    lambda text: str(whole_number(text, FIRST_YEAR, LAST_YEAR)),
)
OPEN_NOW = OpenNowFilter()
OPEN_AT = OpenAtFilter()
NEAR = NearFilter()
BBOX = BoxFilter()


def declare() -> None:
    """Declare the filters of every resource of this app; ``q`` is everywhere."""
    declare_filters(
        "centres",
        COMUNE,
        PROVINCE,
        DISTRICT,
        LEGAL_REFERENCE,
        ACTIVITY_TYPE,
        AUDIENCE,
        AGE,
        MANAGEMENT,
        ROLE,
        OPEN_NOW,
        OPEN_AT,
        NEAR,
        BBOX,
    )
    declare_filters(
        "places",
        comune_filter("ISTAT code of the comune in which it stands."),
        province_filter("Province in which it stands."),
        NEAR,
        BBOX,
    )
    declare_filters("legal-references", ACT_TYPE, YEAR)
    declare_filters("organisations", SECTOR)
