"""Filters of lists: which an app declares for its resources, and what they do to a query.

An app's module ``delivery_api`` calls :func:`declare_filters`. OR holds inside one filter, which is
repeated; AND across filters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet
from django.http import HttpRequest

from cms.delivery.models import Entry, Facet, Span
from cms.http.ordering import Ordering
from cms.http.parameters import Parameter, read_values

Narrow = Callable[[QuerySet[Entry]], QuerySet[Entry]]


@dataclass(frozen=True)
class Narrowing:
    """What a filter that was used does to the entries of a list.

    ``ordering`` replaces the list's own where the filter brings one, such as the distance.
    ``max_age`` is in seconds, for answers that depend on the clock.
    """

    narrow: Narrow
    ordering: Ordering | None = None
    max_age: int | None = None


class Filter(Protocol):
    """A filter with one or more query parameters."""

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        """Return what the request asks for, ``None`` if nothing; raise a 400 for bad values."""


@dataclass(frozen=True)
class FacetFilter:
    """Objects with one of the given values of a stored facet.

    ``parse`` returns the value as it is stored, or raises ``ValueError`` with what to mend.
    """

    parameter: Parameter
    parse: Callable[[str], str]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.parameter,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        values = read_values(request, self.parameter.name, self.parse)
        if not values:
            return None
        found = Facet.objects.filter(
            resource=resource, name=self.parameter.name, value__in=sorted(set(values))
        )
        return Narrowing(lambda entries: entries.filter(public_id__in=found.values("public_id")))


@dataclass(frozen=True)
class SpanFilter:
    """Objects with a stored range of whole numbers that holds one of the given numbers."""

    parameter: Parameter
    parse: Callable[[str], int]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.parameter,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        numbers = read_values(request, self.parameter.name, self.parse)
        if not numbers:
            return None
        found = Span.objects.none()
        for number in sorted(set(numbers)):
            found |= Span.objects.filter(
                resource=resource, name=self.parameter.name, low__lte=number, high__gte=number
            )
        return Narrowing(lambda entries: entries.filter(public_id__in=found.values("public_id")))


_declared: dict[str, list[Filter]] = {}


def declare_filters(resource: str, *filters: Filter) -> None:
    """Give the lists of *resource* these filters; a parameter's name is declared once."""
    known = _declared.setdefault(resource, [])
    taken = {parameter.name for item in known for parameter in item.parameters}
    for item in filters:
        if any(parameter.name in taken for parameter in item.parameters):
            raise ValueError(f"A parameter of {resource} is declared twice: {item.parameters}")
        known.append(item)


def filters_of(resource: str) -> tuple[Filter, ...]:
    """Return the filters of the lists of *resource*."""
    return tuple(_declared.get(resource, ()))
