"""Filters by the clock: what is open now, or at a time of the coming weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cms.delivery.models import Feed, OpeningInterval
from cms.delivery.opening import LONGEST, midnight
from cms.http.filters import Narrowing
from cms.http.known import Question
from cms.http.parameters import Parameter, one_of, read_one, rfc3339_time
from cms.http.problems import ProblemError

MINUTE = 60


def open_at(moment: datetime, resource: str) -> QuerySet[OpeningInterval]:
    """Return the intervals of objects of *resource* that are open at *moment*."""
    return OpeningInterval.objects.filter(
        resource=resource,
        opens__lte=moment,
        opens__gt=moment - LONGEST - timedelta(hours=1),
        closes__gt=moment,
    )


def _horizon(parameter: str, moment: datetime, problem: ProblemError) -> Question:
    """Ask whether *moment* lies within what is computed; raise *problem* where it does not."""
    feed = Feed.objects.filter(pk=Feed.SINGLETON)

    def verdict(answers: set[str]) -> None:
        days = sorted(date.fromisoformat(answer) for answer in answers)
        if len(days) < 2:
            problem.errors = {parameter: "No opening times have been computed yet. Try later."}
            raise problem
        start, end = midnight(days[0]), midnight(days[1])
        if not start <= moment < end:
            span = f"{start.isoformat()} until, and without, {end.isoformat()}"
            problem.errors = {parameter: f"It can be asked from {span}."}
            raise problem

    return Question(parameter, ((feed, "intervals_from"), (feed, "intervals_until")), verdict)


@dataclass(frozen=True)
class OpenNowFilter:
    """Objects that are open at this minute. The answer holds for a minute.

    A 503 where no worker has computed the intervals up to now: old ones would tell people that
    a closed door is open.
    """

    PARAMETER: ClassVar = Parameter(
        "open_now",
        "With true, only what has its desk open now, on the clock of Italy. 503 with Retry-After "
        "while opening times are not computed up to now.",
        {"type": "string", "enum": ["true"]},
    )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.PARAMETER,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        name = self.PARAMETER.name
        if not read_one(request, name, one_of(("true",)), ""):
            return None
        now = timezone.now().replace(second=0, microsecond=0)
        late = ProblemError(
            503, "Opening times are not computed up to now.", headers={"Retry-After": str(MINUTE)}
        )
        return Narrowing(
            objects=open_at(now, resource),
            max_age=MINUTE,
            moment=int(now.timestamp()) // MINUTE,
            questions=(_horizon(name, now, late),),
        )


@dataclass(frozen=True)
class OpenAtFilter:
    """Objects that are open at a time; a 400 outside the weeks that are computed."""

    PARAMETER: ClassVar = Parameter(
        "open_at",
        "Only what has its desk open at this time (RFC 3339) of the coming six weeks; any other "
        "time is a 400 that says from when and until when.",
        {"type": "string", "format": "date-time", "maxLength": 40},
    )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.PARAMETER,)

    def read(self, request: HttpRequest, resource: str) -> Narrowing | None:
        name = self.PARAMETER.name
        moment = read_one(request, name, lambda text: rfc3339_time(text), None)
        if moment is None:
            return None
        outside = ProblemError(400, "Opening times are not known at that time.")
        return Narrowing(
            objects=open_at(moment, resource), questions=(_horizon(name, moment, outside),)
        )
