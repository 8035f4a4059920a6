"""What activities can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from centres.documents.vocabularies import ComuneSummary
from centres.hours import Closure, HoursRule, rule_tokens
from cms.delivery.facets import Facets

AGES = (0, 120)
"""Completed years; an activity that names one end of its ages is open at the other."""


def activity_facets(
    value: Mapping[str, Any],
    recurring: Sequence[HoursRule],
    comuni: Iterable[ComuneSummary],
    codes: Mapping[UUID, str],
) -> Facets:
    """Return the facets of an activity; *codes* are those of its public terms.

    Days are ordinals: a span ``day`` for each date, a span ``closed`` for each closure. A
    recurrence is told by the days on which it takes place, as RRULE writes them: ``TU``, ``2TU``,
    ``-1TU``.
    """
    values = {("recurs", day) for rule in recurring for day in rule_tokens(rule)}
    for comune in comuni:
        values |= {("comune", comune.istat_code), ("province", comune.province_code)}
    for name, key in (("activity_type", "types"), ("audience", "audiences")):
        values |= {(name, codes[UUID(i)]) for i in value[key] or () if UUID(i) in codes}
    days = [meeting["date"].toordinal() for meeting in value["dates"]]
    spans = {("day", day, day) for day in days}
    spans |= {
        ("closed", rule.first.toordinal(), rule.last.toordinal())
        for rule in recurring
        if isinstance(rule, Closure)
    }
    low, high = value["age_from"], value["age_to"]
    if low is not None or high is not None:
        spans.add(("age", AGES[0] if low is None else low, AGES[1] if high is None else high))
    return Facets(values=frozenset(values), spans=frozenset(spans))
