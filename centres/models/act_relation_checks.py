"""The rules of :mod:`centres.act_relations` over stored acts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError

from centres.act_relations import ActRelation, check_relation
from cms.partial_dates import PartialDate

if TYPE_CHECKING:
    from centres.models.legal_references import LegalReference, LegalRelation


def act_relation_errors(row: LegalRelation) -> dict[str, Any]:
    """Return what is wrong with *row*, by field; acts are compared across languages."""
    act: LegalReference | None = getattr(row, "act", None)
    target = row.target if row.target_id else None
    if act is None or target is None or not row.relation or not act.year:
        return {}
    try:
        check_relation(
            act.translation_key,
            ActRelation(row.relation),
            target.translation_key,
            act_date=act.date or PartialDate(act.year),
            target_date=target.date or PartialDate(target.year),
            changes=_changes(row),
        )
    except ValidationError as error:
        field = "relation" if error.code == "earlier_act" else "target"
        return {field: error}
    return {}


def _changes(row: LegalRelation) -> dict[UUID, set[UUID]]:
    stored = (
        type(row)
        .objects.filter(relation=ActRelation.CHANGES)
        .exclude(pk=row.pk)
        .values_list("act__translation_key", "target__translation_key")
    )
    edges: dict[UUID, set[UUID]] = defaultdict(set)
    for act, target in stored:
        edges[act].add(target)
    return edges
