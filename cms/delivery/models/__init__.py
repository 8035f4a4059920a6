"""The tables of the read model."""

from cms.delivery.models.entries import Dependency, Entry
from cms.delivery.models.facets import (
    Facet,
    ObjectRow,
    OpeningInterval,
    OpeningRule,
    Point,
    SearchText,
    SearchVector,
    Span,
)
from cms.delivery.models.feed import Feed, Mark, Pending
from cms.delivery.models.requests import PurgeRequest, RenditionRequest

__all__ = [
    "Dependency",
    "Entry",
    "Facet",
    "Feed",
    "Mark",
    "ObjectRow",
    "OpeningInterval",
    "OpeningRule",
    "Pending",
    "Point",
    "PurgeRequest",
    "RenditionRequest",
    "SearchText",
    "SearchVector",
    "Span",
]
