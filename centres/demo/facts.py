"""The data files, read strictly: a broken one says where, and nothing is loaded."""

from __future__ import annotations

import json
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from centres.act_relations import ActRelation
from centres.citations import ActType
from centres.hours import HoursKind, Weekday, WeeklyHours
from centres.models import LegalBasisRole, Management, SeatRole, SeatStatus

HERE = Path(__file__).resolve().parent


class DataFileError(ValueError):
    """A data file that cannot be loaded: its name, and each row with what is wrong there."""

    def __init__(self, name: str, problems: list[tuple[str, str]]) -> None:
        rows = "\n".join(f"  {where}: {what}" if where else f"  {what}" for where, what in problems)
        super().__init__(f"{name}:\n{rows}")


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
    except OSError as error:
        raise DataFileError(name, [("", str(error.strerror))]) from error
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise DataFileError(
            name, [("", _("It is no JSON from line %(line)s, column %(column)s on.") % place)]
        ) from error
    try:
        return TypeAdapter(shape).validate_python(_renamed(raw))
    except ValidationError as error:
        raise DataFileError(
            name,
            [
                (".".join(str(part) for part in problem["loc"]), _told(problem["type"]))
                for problem in error.errors()
            ],
        ) from error


def _told(kind: str) -> str:
    """Return in words what Pydantic calls *kind*: it knows no other language than English."""
    if kind == "missing":
        return _("This is missing.")
    for words, message in (
        (("int", "decimal", "float"), _("This must be a number.")),
        (("date",), _("This must be a date, such as 2024-12-03.")),
        (("time",), _("This must be a time, such as 09:30.")),
        (("enum", "literal"), _("This is none of the values that are allowed.")),
        (("string",), _("This must be text.")),
        (("list", "tuple"), _("This must be a list.")),
        (("bool",), _("This must be true or false.")),
    ):
        if kind.startswith(words):
            return message
    return _("This value is not allowed.")


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


HOURS_KINDS = {
    "sportello": HoursKind.DESK,
    "segreteria": HoursKind.SECRETARIAT,
    "telefono": HoursKind.TELEPHONE,
}


def hours_rule(fact: HoursFact) -> WeeklyHours:
    """Return the rule that *fact* states; ``ValueError`` for days that are none."""
    first, _separator, last = fact.days.partition("-")
    start, end = Weekday(first).position, Weekday(last or first).position
    days = tuple(list(Weekday)[start : end + 1])
    if not days:
        raise ValueError(fact.days)
    return WeeklyHours(HOURS_KINDS[fact.kind], days, fact.opens, fact.closes)


def drafted(language: str) -> dict[str, str]:
    """Return sentences in *language*, ``fr`` or ``ar``, by their Italian ones."""
    return dict(read({"fr": "french.json", "ar": "arabic.json"}[language], dict[str, str]))


@cache
def english() -> dict[str, str]:
    """Return the English sentences by their Italian ones."""
    return dict(read("english.json", dict[str, str]))
