"""Parts that programmes and centres share: contacts, hours, legal basis, funding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from centres.blocks.hours import RULES, HoursStreamBlock, hours_rules
from centres.documents.acts import ActSummary, act_summary
from centres.documents.vocabularies import Labelled, labelled
from centres.hours import (
    ByAppointment,
    Closure,
    HoursKind,
    MonthlyHours,
    WeeklyHours,
    osm_opening_hours,
    rule_in_words,
    times_in_words,
)
from centres.models import ContactKind, FundingSource, LegalBasisRole, LegalReference
from centres.models.contacts import contact_uri
from cms.delivery.block_documents import register_stream
from cms.delivery.look import Look
from cms.delivery.schemas import Code, DocumentPart, Line, Reference


class ContactPart(DocumentPart):
    """A way to reach somebody. ``to_verify``: known only from a newspaper or a blog."""

    kind: Labelled
    value: Line
    uri: Line
    note: Line | None = None
    to_verify: bool


class HoursRow(DocumentPart):
    """One rule of the hours: typed for machines, in words for people."""

    type: Code
    kind: Labelled | None = None
    days: list[Code] = Field(max_length=7)
    nths: list[int] = Field(max_length=5)
    opens: str | None = Field(None, max_length=5, pattern=r"^\d{2}:\d{2}$")
    closes: str | None = Field(None, max_length=5, pattern=r"^\d{2}:\d{2}$")
    first: str | None = Field(None, max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$")
    last: str | None = Field(None, max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$")
    days_in_words: Line
    times_in_words: Line | None = None
    note: Line | None = None


class HoursPart(DocumentPart):
    """All hours of a seat or a centre; ``opening_hours`` is the desk's, as OSM writes it."""

    rows: list[HoursRow] = Field(max_length=200)
    opening_hours: Line | None = None


class LegalBasisPart(DocumentPart):
    act: ActSummary
    role: Labelled
    pinpoint: Line | None = None


def contacts(source: Iterable[Any], words: Iterable[Any]) -> list[ContactPart]:
    """Build contacts: data from the source's rows, notes from the translated ones."""
    notes = {row.translation_key: row.note for row in words}
    return [
        ContactPart(
            kind=labelled(ContactKind, row.kind),
            value=row.value,
            uri=contact_uri(row.kind, row.value),
            note=notes.get(row.translation_key, row.note) or None,
            to_verify=row.to_verify,
        )
        for row in source
    ]


def hours(stream: Any, words: Any = None) -> HoursPart | None:
    """Build the hours of a stream, notes and reasons from its translation where there is one."""
    rules = hours_rules(stream)
    if not rules:
        return None
    translated = {
        child.id: rule for child, rule in zip(words or (), hours_rules(words), strict=True)
    }
    rows = [
        _hours_row(rule, translated.get(child.id, rule))
        for child, rule in zip(stream, rules, strict=True)
    ]
    return HoursPart(rows=rows, opening_hours=osm_opening_hours(rules) or None)


def _hours_row(rule: Any, words: Any) -> HoursRow:
    timed = isinstance(rule, WeeklyHours | MonthlyHours)
    days = rule.days if isinstance(rule, WeeklyHours) else ()
    if isinstance(rule, MonthlyHours):
        days = (rule.weekday,)
    note = ""
    if isinstance(words, ByAppointment):
        note = words.note
    elif isinstance(words, Closure):
        note = words.reason
    return HoursRow(
        type={
            WeeklyHours: "weekly",
            MonthlyHours: "monthly",
            ByAppointment: "by_appointment",
            Closure: "closure",
        }[type(rule)],
        kind=None if isinstance(rule, Closure) else labelled(HoursKind, rule.kind),
        days=[day.value for day in days],
        nths=list(rule.nths) if isinstance(rule, MonthlyHours) else [],
        opens=f"{rule.opens:%H:%M}" if timed and rule.opens else None,
        closes=f"{rule.closes:%H:%M}" if timed and rule.closes else None,
        first=rule.first.isoformat() if isinstance(rule, Closure) else None,
        last=rule.last.isoformat() if isinstance(rule, Closure) else None,
        days_in_words=rule_in_words(rule),
        times_in_words=times_in_words(rule.opens, rule.closes) if timed else None,
        note=note or None,
    )


def legal_basis(rows: Iterable[Any], look: Look) -> list[LegalBasisPart]:
    """Build the legal basis; a row whose act is not public is left out."""
    listed = list(rows)
    acts = look.objects(LegalReference, [row.act.translation_key for row in listed])
    return [
        LegalBasisPart(
            act=act_summary(acts[row.act.translation_key], look),
            role=labelled(LegalBasisRole, row.role),
            pinpoint=row.pinpoint or None,
        )
        for row in listed
        if row.act.translation_key in acts
    ]


def funding(rows: Iterable[Any], look: Look) -> list[Reference]:
    """Build the public funding sources in the order of their rows."""
    return look.references(FundingSource, [row.source.translation_key for row in rows])


register_stream(HoursStreamBlock, RULES)
