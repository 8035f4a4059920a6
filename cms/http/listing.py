"""What a list was asked for: read once, applied to lists and exports alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, QuerySet, Subquery, Value
from django.http import HttpRequest

from cms.delivery.models import Entry, Feed
from cms.http import search  # noqa: F401  (declares q)
from cms.http.filters import Filter, Narrowing, filters_of
from cms.http.joining import Joined
from cms.http.known import Question, ask
from cms.http.locales import ChosenLocale, choose
from cms.http.ordering import BY_TITLE, ORDERINGS, Ordering
from cms.http.parameters import (
    Parameter,
    one_of,
    read_one,
    refuse_unknown,
    rfc3339_time,
    whole_number,
)
from cms.http.ranking import Ranking

MAX_LIMIT = 100
DEFAULT_LIMIT = 20

LOCALE = Parameter(
    "locale",
    "Language of the texts; Accept-Language decides where it is missing.",
    {"type": "string", "maxLength": 20, "pattern": "^[A-Za-z0-9-]+$"},
)
FALLBACK = Parameter(
    "fallback",
    "With false, what is not translated is left out.",
    {"type": "string", "enum": ["true", "false"], "default": "true"},
)
MODIFIED_SINCE = Parameter(
    "modified_since",
    "Only what has visibly changed at or after this time (RFC 3339).",
    {"type": "string", "format": "date-time", "maxLength": 40},
)
SORT = Parameter(
    "sort",
    "Order of the list; near sorts by distance.",
    {"type": "string", "enum": list(ORDERINGS), "default": BY_TITLE.name},
)
LIMIT = Parameter(
    "limit",
    "How many items a page holds.",
    {
        "type": "integer",
        "format": "int32",
        "minimum": 1,
        "maximum": MAX_LIMIT,
        "default": DEFAULT_LIMIT,
    },
)
CURSOR = Parameter(
    "cursor",
    "Where the page begins, as next gave it.",
    {"type": "string", "maxLength": 1000, "pattern": "^[A-Za-z0-9_=-]+$"},
)
VIEW = Parameter(
    "view",
    "How much of each item is shown.",
    {"type": "string", "enum": ["summary", "full"], "default": "summary"},
)
SELECTING = (LOCALE, FALLBACK, MODIFIED_SINCE)
PAGING = (VIEW, SORT, LIMIT, CURSOR)


@dataclass(frozen=True)
class Selection:
    """Which entries of a resource a request asks for, and in which order.

    ``state`` changes whenever what is listed may have changed, ``modified`` is the time of the last
    visible change of the resource, ``base_url`` the root of the addresses in answers.
    """

    resource: str
    locale: ChosenLocale
    with_fallback: bool
    modified_since: datetime | None
    narrowings: tuple[Narrowing, ...]
    state: str = ""
    base_url: str = ""
    modified: datetime | None = None

    def unfiltered(self) -> QuerySet[Entry]:
        """Return the entries of the locale, whatever the filters say."""
        # SQLite walks an index in its order only past conditions that are equalities, and Django
        # writes deleted=False as NOT deleted.
        entries = Entry.objects.filter(
            resource=self.resource, locale=self.locale.code, deleted__in=[False]
        )
        if not self.with_fallback:
            entries = entries.filter(is_fallback=False)
        if self.modified_since is not None:
            entries = entries.filter(modified__gte=self.modified_since)
        return entries

    def entries(self) -> QuerySet[Entry]:
        """Return the entries, in no order yet."""
        entries = self.unfiltered()
        for narrowing in self.narrowings:
            entries = narrowing.apply(entries)
        return entries

    def among(self) -> list[QuerySet[Any]]:
        """Return rows about the objects that may be ranked, one queryset for each condition.

        Entries are among them only where something depends on the locale: rows are stored of what
        is public only, and everything public is in every locale.
        """
        others = [item for item in self.narrowings if item.ranking is None]
        rows = [item.objects for item in others if item.objects is not None]
        in_locale = [item for item in others if item.narrow is not None]
        if in_locale or not self.with_fallback or self.modified_since is not None:
            rows.append(replace(self, narrowings=tuple(in_locale)).entries())
        return rows

    @property
    def ranking(self) -> Ranking | None:
        """The order that a filter brings: the distance."""
        return next((item.ranking for item in self.narrowings if item.ranking), None)

    @property
    def moment(self) -> int:
        """The minute at which an answer that depends on the clock was made, else 0."""
        return next((item.moment for item in self.narrowings if item.moment is not None), 0)

    @property
    def max_age(self) -> int | None:
        """Seconds for which the answer holds, where it depends on the clock."""
        ages = [item.max_age for item in self.narrowings if item.max_age is not None]
        return min(ages, default=None)


def selecting_parameters(resource: str) -> tuple[Parameter, ...]:
    """Return the parameters that choose among the items of *resource*."""
    declared = (parameter for item in filters_of(resource) for parameter in item.parameters)
    return (*SELECTING, *declared)


def read_selection(
    request: HttpRequest, resource: str, others: tuple[Parameter, ...] = ()
) -> Selection:
    """Return what *request* selects; everything undeclared or wrong is a 400 that names it.

    One query, which also tells the state of what is listed and which values exist.
    """
    refuse_unknown(request, (*selecting_parameters(resource), *others))
    locale = choose(request, request.GET.get("locale"))
    fallback = read_one(request, "fallback", one_of(("true", "false")), "true")
    since = read_one(request, "modified_since", rfc3339_time, None)
    narrowings = tuple(_narrowings(request, resource, filters_of(resource)))
    told: list[str] = []
    state = _state(resource, locale.code, told, filtered=bool(narrowings))
    ask((state, *(question for narrowing in narrowings for question in narrowing.questions)))
    listed, base_url, modified = _read_state(told)
    return Selection(
        resource=resource,
        locale=locale,
        with_fallback=fallback == "true",
        modified_since=since,
        narrowings=narrowings,
        state=listed,
        base_url=base_url,
        modified=modified,
    )


def _state(resource: str, locale: str, told: list[str], *, filtered: bool) -> Question:
    """Ask for the feed and the head of the resource in it; the answer is put into *told*.

    A filtered list depends on filter data too, which may change without any document.
    """
    numbers = Entry.objects.filter(resource=resource, locale=locale, sequence__isnull=False)
    latest = numbers.order_by("-sequence").annotate(last=Joined("modified", "sequence"))
    changes = F("filter_changes") if filtered else Value(0)
    feed = Feed.objects.filter(pk=Feed.SINGLETON).annotate(
        state=Joined("base_url", "feed_id", changes, Subquery(latest.values("last")[:1]))
    )
    return Question("", ((feed, "state"),), told.extend)


def _read_state(told: list[str]) -> tuple[str, str, datetime | None]:
    """Return the state, the root of addresses and the time of the last change from the answer."""
    if not told:
        return "", "", None
    base_url, feed_id, changes, changed, *head = told[0].split(Joined.SEPARATOR)
    state = Joined.SEPARATOR.join((feed_id, *head, changes))
    modified = datetime.fromisoformat(changed) if changed else None
    if modified is not None and modified.tzinfo is None:
        modified = modified.replace(tzinfo=UTC)
    return state, base_url, modified


def _narrowings(
    request: HttpRequest, resource: str, filters: tuple[Filter, ...]
) -> list[Narrowing]:
    read = (item.read(request, resource) for item in filters)
    return [narrowing for narrowing in read if narrowing is not None]


def read_limit(request: HttpRequest, default: int = DEFAULT_LIMIT) -> int:
    """Return ``limit``: a whole number from 1 to 100."""
    return read_one(request, "limit", lambda text: whole_number(text, 1, MAX_LIMIT), default)


def read_ordering(request: HttpRequest) -> Ordering | None:
    """Return the order that ``sort`` asks for, ``None`` where it is not given."""
    name = read_one(request, "sort", one_of(ORDERINGS), "")
    return ORDERINGS[name] if name else None
