"""Hours as documents: a typed union of rules, each with its words for people."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from centres.blocks.hours import RULES, HoursStreamBlock, hours_rules
from centres.documents.vocabularies import Labelled, labelled
from centres.hours import (
    ByAppointment,
    Closure,
    HoursKind,
    MonthlyHours,
    Weekday,
    WeeklyHours,
    osm_opening_hours,
    rule_in_words,
    times_in_words,
)
from cms.delivery.block_documents import register_stream
from cms.delivery.schemas import Code, DocumentPart, Line, Worded
from cms.delivery.untranslated import TRANSLATED, Untranslated

Clock = Annotated[str, Field(max_length=5, pattern=r"^\d{2}:\d{2}$")]
Day = Annotated[str, Field(max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$")]
Nth = Annotated[int, Field(ge=-1, le=4, json_schema_extra={"format": "int32"})]


class WeeklyRule(DocumentPart):
    """Every week on these days; without times, at times that are not stated."""

    kind: Labelled
    days: list[Weekday] = Field(max_length=7)
    opens: Clock | None = None
    closes: Clock | None = None
    days_in_words: Line
    times_in_words: Line


class MonthlyRule(DocumentPart):
    """On the nth such days of every month; -1 is the last."""

    kind: Labelled
    nths: list[Nth] = Field(max_length=5)
    days: list[Weekday] = Field(max_length=1)
    opens: Clock | None = None
    closes: Clock | None = None
    days_in_words: Line
    times_in_words: Line


class AppointmentRule(Worded):
    kind: Labelled
    days_in_words: Line
    note: Line | None = None


class ClosureRule(Worded):
    """Nobody is there from the first to the last day, both included."""

    first: Day
    last: Day
    days_in_words: Line
    note: Line | None = None


class WeeklyBlock(DocumentPart):
    type: Literal["weekly"] = "weekly"
    id: Code
    value: WeeklyRule


class MonthlyBlock(DocumentPart):
    type: Literal["monthly"] = "monthly"
    id: Code
    value: MonthlyRule


class AppointmentBlock(DocumentPart):
    type: Literal["by_appointment"] = "by_appointment"
    id: Code
    value: AppointmentRule


class ClosureBlock(DocumentPart):
    type: Literal["closure"] = "closure"
    id: Code
    value: ClosureRule


HoursBlock = Annotated[
    WeeklyBlock | MonthlyBlock | AppointmentBlock | ClosureBlock, Field(discriminator="type")
]


class HoursPart(DocumentPart):
    """All hours of a seat or a centre; ``opening_hours`` is the desk's, as OSM writes it."""

    rows: list[HoursBlock] = Field(max_length=200)
    opening_hours: Line | None = None


def hours(
    stream: Any, words: Any = None, untranslated: Untranslated = TRANSLATED
) -> HoursPart | None:
    """Build the hours of a stream, notes and reasons from its translation where there is one.

    *untranslated* is what stands below the stream.
    """
    rules = hours_rules(stream)
    if not rules:
        return None
    translated = {
        child.id: rule for child, rule in zip(words or (), hours_rules(words), strict=True)
    }
    rows = [
        _block(str(child.id), rule, translated.get(child.id, rule), untranslated.below(child.id))
        for child, rule in zip(stream, rules, strict=True)
    ]
    return HoursPart(rows=rows, opening_hours=osm_opening_hours(rules) or None)


def _block(block_id: str, rule: Any, words: Any, left: Untranslated) -> Any:
    said = rule_in_words(rule)
    match rule:
        case WeeklyHours():
            value = WeeklyRule(days=list(rule.days), days_in_words=said, **_timed(rule))
            return WeeklyBlock(id=block_id, value=value)
        case MonthlyHours():
            nths, days = list(rule.nths), [rule.weekday]
            monthly = MonthlyRule(nths=nths, days=days, days_in_words=said, **_timed(rule))
            return MonthlyBlock(id=block_id, value=monthly)
        case ByAppointment():
            note = words.note if isinstance(words, ByAppointment) else ""
            kind = labelled(HoursKind, rule.kind)
            appointment = AppointmentRule(
                kind=kind,
                days_in_words=said,
                note=note or None,
                text_languages=left.languages(note=note),
            )
            return AppointmentBlock(id=block_id, value=appointment)
        case Closure():
            reason = words.reason if isinstance(words, Closure) else ""
            closure = ClosureRule(
                first=rule.first.isoformat(),
                last=rule.last.isoformat(),
                days_in_words=said,
                note=reason or None,
                text_languages={"note": left.language} if left.has(reason, "reason") else None,
            )
            return ClosureBlock(id=block_id, value=closure)
    raise TypeError(f"{type(rule).__name__} is no rule of hours.")


def _timed(rule: WeeklyHours | MonthlyHours) -> dict[str, Any]:
    return {
        "kind": labelled(HoursKind, rule.kind),
        "opens": f"{rule.opens:%H:%M}" if rule.opens else None,
        "closes": f"{rule.closes:%H:%M}" if rule.closes else None,
        "times_in_words": times_in_words(rule.opens, rule.closes),
    }


register_stream(HoursStreamBlock, RULES)
