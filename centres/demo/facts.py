"""The data files, read strictly: a broken one says where, and nothing is loaded."""

from __future__ import annotations

import json
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from centres.act_relations import ActRelation
from centres.citations import ActType
from centres.models import LegalBasisRole, Management, SeatRole, SeatStatus

HERE = Path(__file__).resolve().parent


class DataFileError(ValueError):
    """A data file that cannot be loaded: its name, and each row with what is wrong there."""


class Fact(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class ActivityTypeFact(Fact):
    number: int
    code: str
    name_it: str


class ActFact(Fact):
    key: str
    act_type: ActType
    issuer: str
    legislature: str | None
    number: str
    year: int
    date: date | None
    title: str | None
    summary: str | None = None
    published_in: str | None = None
    urn: str | None = None
    sources: list[str]


class RelationFact(Fact):
    source: str
    relation: ActRelation
    target: str


class FundingFact(Fact):
    key: str
    name_it: str
    established_by: str | None
    article: str | None


class LegalBasisFact(Fact):
    act: str
    role: LegalBasisRole


class LegalFacts(Fact):
    acts: list[ActFact]
    relations: list[RelationFact]
    funding_sources: list[FundingFact]
    programme_legal_basis: list[LegalBasisFact]


class HoursFact(Fact):
    kind: Literal["sportello", "segreteria", "telefono"]
    days: str
    opens: time
    closes: time


class BodyFact(Fact):
    name: str
    kind: str


class PlaceFact(Fact):
    name: str
    role: SeatRole
    host: str | None
    street: str | None
    istat_code: str | None
    postal_code: str | None
    audience: str | None
    hours: list[HoursFact]
    sources: list[str]
    operator: str | None
    status: SeatStatus
    public_note_it: str | None
    editor_note_it: str | None
    valid_from: str | None = None
    phone: str | None = None


class ActivityFact(Fact):
    activity_types: list[int]
    title: str
    audience: str | None
    age_min: int | None
    age_max: int | None
    place: str | None
    when: str | None
    booking_required: bool | None
    sources: list[str]
    types_inferred: bool
    public_note_it: str | None
    editor_note_it: str | None
    dates: list[date] = []
    time_from: time | None = None
    time_to: time | None = None
    free_of_charge: bool | None = None
    accompanied: bool | None = None


class CentreFact(Fact):
    slug: str
    name: str
    management: Management
    lead_body: BodyFact | None
    partners: list[str]
    district: str
    comuni: list[str]
    comuni_complete: bool
    phone: str | None
    email: str | None
    website: str | None
    hours: list[HoursFact]
    places: list[PlaceFact]
    activities: list[ActivityFact]
    sources: list[str]
    contacts_to_verify: bool


class CentresFacts(Fact):
    checked_on: date
    centres: list[CentreFact]


class ActsPageFact(Fact):
    title: str
    slug: str
    introduction: str


class ProgrammeFact(Fact):
    title: str
    slug: str
    alternate_name: str
    search_description: str
    purpose: str
    means: list[str]
    sharing: str
    management_note: str
    origin: str
    network_note: str
    objective: str
    audience_note: str
    community_role: str
    access_note: str
    service_forms: list[tuple[str, str]]
    critical_moments: list[tuple[str, str]]
    acts_page: ActsPageFact


def read(name: str, shape: Any, folder: Path = HERE) -> Any:
    """Return the data file *name* as *shape*, or raise :class:`DataFileError` naming each row."""
    path = folder / name
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise DataFileError(f"{name}: {error}") from error
    try:
        return TypeAdapter(shape).validate_python(_renamed(raw))
    except ValidationError as error:
        rows = "\n".join(
            f"  {'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors()
        )
        raise DataFileError(f"{name}:\n{rows}") from error


def _renamed(value: Any) -> Any:
    """``from`` and ``to`` are a relation's ends or a range of hours: give them clear names."""
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    names = (
        {"from": "source", "to": "target"}
        if "relation" in value
        else {"from": "opens", "to": "closes"}
    )
    return {names.get(key, key): _renamed(item) for key, item in value.items()}


@cache
def english() -> dict[str, str]:
    """Return the English sentences by their Italian ones."""
    return dict(read("english.json", dict[str, str]))
