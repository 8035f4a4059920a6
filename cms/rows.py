"""Child rows of pages and records, in an order that never depends on the database's mood."""

from __future__ import annotations

from typing import Any

from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Orderable


class OrderedRow(Orderable):
    """A row that editors put in order; rows never moved stay in order of creation."""

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]


def number_rows(parent: ClusterableModel) -> None:
    """Number the rows of *parent* in the order in which they were added, as the admin does."""
    for relation in get_all_child_relations(parent):
        if issubclass(relation.related_model, OrderedRow):
            rows: list[Any] = list(getattr(parent, relation.get_accessor_name()).all())
            for position, row in enumerate(rows):
                row.sort_order = position
