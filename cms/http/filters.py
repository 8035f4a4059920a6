"""Filters of lists: which an app declares for its resources, and what they do to a query.

An app's module ``delivery_api`` calls :func:`declare_filters`. OR holds inside one filter, which is
repeated; AND across filters. Every resource has ``q``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Func, QuerySet, UUIDField
from django.http import HttpRequest

from cms.delivery.models import Entry, Facet, Span
from cms.http.known import Known, Question
from cms.http.parameters import Parameter, read_values
from cms.http.ranking import Ranking

Narrow = Callable[[QuerySet[Entry]], QuerySet[Entry]]


class Probed(Func):
    """A column that SQLite compares, but does not look up in an index.

    Without statistics it would fetch thousands of entries, one by one, and sort them, where a walk
    in the order of the list finds a page of them soon.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


@dataclass(frozen=True)
class Narrowing:
    """What a filter that was used does to the entries of a list.

    It keeps those of the objects that the rows *objects* are about, or whatever ``narrow`` keeps.
    ``ranking`` brings an order of its own, the distance. An answer that depends on the clock holds
    for ``max_age`` seconds and says at which ``moment`` of it (a number of minutes) it was made.
    ``questions`` are put to the database, those of all filters together.
    """

    narrow: Narrow | None = None
    objects: QuerySet[Any] | None = None
    ranking: Ranking | None = None
    max_age: int | None = None
    moment: int | None = None
    questions: tuple[Question, ...] = ()

    def apply(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return those of *entries* that the filter keeps."""
        if self.objects is not None:
            entries = entries.alias(probed=Probed("public_id", output_field=UUIDField()))
            entries = entries.filter(probed__in=self.objects.values("public_id"))
        return self.narrow(entries) if self.narrow else entries


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
    ``known`` says where the values that exist are found, if any other is to be a 400. ``facet`` is
    the name under which the values are stored, where it is not the parameter's.
    """

    parameter: Parameter
    parse: Callable[[str], str]
    known: Known | None = None
    facet: str = ""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.parameter,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        name = self.parameter.name
        values = sorted(set(read_values(request, name, self.parse)))
        if not values:
            return None
        rows = Facet.objects.filter(resource=resource, name=self.facet or name, value__in=values)
        questions = (self.known.question(name, values),) if self.known else ()
        return Narrowing(objects=rows, questions=questions)


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
        return Narrowing(objects=found)


_declared: dict[str, list[Filter]] = {}
_everywhere: list[Filter] = []


def declare_filters(resource: str, *filters: Filter) -> None:
    """Give the lists of *resource* these filters; a parameter's name is declared once."""
    _add(_declared.setdefault(resource, []), resource, filters)


def declare_everywhere(*filters: Filter) -> None:
    """Give these filters to the lists of every resource."""
    _add(_everywhere, "every resource", filters)


def _add(known: list[Filter], owner: str, filters: Iterable[Filter]) -> None:
    taken = {parameter.name for item in known for parameter in item.parameters}
    for item in filters:
        if any(parameter.name in taken for parameter in item.parameters):
            raise ValueError(f"A parameter of {owner} is declared twice: {item.parameters}")
        known.append(item)


def filters_of(resource: str) -> tuple[Filter, ...]:
    """Return the filters of the lists of *resource*."""
    return (*_declared.get(resource, ()), *_everywhere)
