"""Relations between acts, with the names of the European Legislation Identifier ontology.

A relation is stored one way; its inverse is computed.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.partial_dates import PartialDate


class ActRelation(models.TextChoices):
    CHANGES = "changes", _("changes")
    IMPLEMENTS = "implements", _("implements")
    BASED_ON = "based_on", _("is based on")
    REPEALS = "repeals", _("repeals")
    CONSOLIDATES = "consolidates", _("consolidates")
    RELATED_TO = "related_to", _("is related to")


INVERSES: Mapping[ActRelation, tuple[str, Promise]] = {
    ActRelation.CHANGES: ("changed_by", _("is changed by")),
    ActRelation.IMPLEMENTS: ("implemented_by", _("is implemented by")),
    ActRelation.BASED_ON: ("basis_for", _("is the basis of")),
    ActRelation.REPEALS: ("repealed_by", _("is repealed by")),
    ActRelation.CONSOLIDATES: ("consolidated_by", _("is consolidated by")),
    ActRelation.RELATED_TO: ("related_to", _("is related to")),
}
"""ELI name and label of the inverse of each relation."""

LATER_ACTS_ONLY = frozenset({ActRelation.CHANGES, ActRelation.REPEALS, ActRelation.IMPLEMENTS})


Act = TypeVar("Act", bound=Hashable)


def check_relation(
    act: Act,
    relation: ActRelation,
    target: Act,
    *,
    act_date: PartialDate,
    target_date: PartialDate,
    changes: Mapping[Act, Set[Act]],
) -> None:
    """Raise ``ValidationError`` for a relation that cannot be.

    No act relates to itself, none changes, repeals or implements a later one, and there is no
    circle of changes. ``changes`` maps each act to those it is known to change. Dates are compared
    as far as they are known: within the same month or year either order is possible.
    """
    if act == target:
        raise ValidationError(_("An act has no relation to itself."), code="self_relation")
    if relation in LATER_ACTS_ONLY and act_date.last_day < target_date.first_day:
        raise ValidationError(
            _("An earlier act cannot change, repeal or implement a later one."),
            code="earlier_act",
        )
    if relation == ActRelation.CHANGES and _reaches(target, act, changes):
        raise ValidationError(_("The acts would change each other in a circle."), code="cycle")


def _reaches(start: Act, goal: Act, edges: Mapping[Act, Set[Act]]) -> bool:
    seen: set[Act] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            waiting.extend(edges.get(node, ()))
    return False
