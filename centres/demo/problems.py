"""What data files say that cannot be: found in every row before anything is loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from centres.act_relations import check_relation
from centres.demo.facts import ActFact, CentreFact, HoursFact, LegalFacts, hours_rule
from centres.hours import validate
from cms.partial_dates import PartialDate
from cms.phone_numbers import normalise_phone_number

Problem = tuple[str, str]
"""Where it stands in the file, and what is wrong there."""


def centre_problems(
    centres: list[CentreFact], istat_codes: Collection[str], activity_numbers: Collection[int]
) -> Iterator[Problem]:
    """Yield what is wrong with *centres*, given the codes and activity types that exist."""
    for index, centre in enumerate(centres):
        where = f"centres.{index}"
        for position, code in enumerate(centre.comuni):
            if code not in istat_codes:
                yield f"{where}.comuni.{position}", _unknown_code(code)
        yield from _refused(f"{where}.phone", centre.phone, normalise_phone_number)
        yield from _refused(f"{where}.email", centre.email, EmailValidator())
        yield from _refused(f"{where}.website", centre.website, _check_address)
        yield from _hours(f"{where}.hours", centre.hours)
        yield from _sources(where, centre.sources)
        yield from _places(where, centre, istat_codes)
        yield from _activities(where, centre, activity_numbers)


def _places(where: str, centre: CentreFact, istat_codes: Collection[str]) -> Iterator[Problem]:
    for index, place in enumerate(centre.places):
        row = f"{where}.places.{index}"
        if place.istat_code and place.istat_code not in istat_codes:
            yield f"{row}.istat_code", _unknown_code(place.istat_code)
        yield from _refused(f"{row}.phone", place.phone, normalise_phone_number)
        yield from _refused(f"{row}.valid_from", place.valid_from, _check_date)
        yield from _hours(f"{row}.hours", place.hours)
        yield from _sources(row, place.sources)


def _activities(
    where: str, centre: CentreFact, activity_numbers: Collection[int]
) -> Iterator[Problem]:
    names = {place.name for place in centre.places}
    for index, activity in enumerate(centre.activities):
        row = f"{where}.activities.{index}"
        for number in activity.activity_types:
            if number not in activity_numbers:
                yield (
                    f"{row}.activity_types",
                    _("There is no activity type with number %(number)s.") % {"number": number},
                )
        if activity.place and activity.place not in names:
            yield (
                f"{row}.place",
                _("The centre has no place called %(name)s.") % {"name": activity.place},
            )
        low, high = activity.age_min, activity.age_max
        if low is not None and high is not None and high < low:
            yield f"{row}.age_max", _("The ages are the wrong way round.")
        yield from _sources(row, activity.sources)


def legal_problems(legal: LegalFacts) -> Iterator[Problem]:
    """Yield what is wrong with acts, their relations, and what names an act."""
    acts = {act.key: act for act in legal.acts}
    changes: dict[str, set[str]] = defaultdict(set)
    for index, row in enumerate(legal.relations):
        where = f"relations.{index}"
        unknown = [key for key in (row.source, row.target) if key not in acts]
        for key in unknown:
            yield where, _unknown_act(key)
        if unknown:
            continue
        try:
            check_relation(
                row.source,
                row.relation,
                row.target,
                act_date=_date_of(acts[row.source]),
                target_date=_date_of(acts[row.target]),
                changes=changes,
            )
        except ValidationError as error:
            yield where, " ".join(error.messages)
        if row.relation == row.relation.CHANGES:
            changes[row.source].add(row.target)
    yield from _named_acts(legal, acts)
    for index, act in enumerate(legal.acts):
        yield from _sources(f"acts.{index}", act.sources)


def _named_acts(legal: LegalFacts, acts: Mapping[str, ActFact]) -> Iterator[Problem]:
    for index, basis in enumerate(legal.programme_legal_basis):
        if basis.act not in acts:
            yield f"programme_legal_basis.{index}.act", _unknown_act(basis.act)
    for index, source in enumerate(legal.funding_sources):
        if source.established_by and source.established_by not in acts:
            yield f"funding_sources.{index}.established_by", _unknown_act(source.established_by)


def _date_of(act: ActFact) -> PartialDate:
    return PartialDate.of(act.date) if act.date else PartialDate(act.year)


def _hours(where: str, facts: list[HoursFact]) -> Iterator[Problem]:
    names = {"opens": "from", "closes": "to"}
    rules = []
    for index, fact in enumerate(facts):
        try:
            rules.append(hours_rule(fact))
        except ValueError:
            yield (
                f"{where}.{index}.days",
                _("%(days)s is no range of days, such as MO-FR.") % {"days": fact.days},
            )
            return
    for problem in validate(rules):
        field = names.get(problem.field, problem.field)
        yield f"{where}.{problem.index}.{field}", str(problem.message)


def _sources(where: str, urls: list[str]) -> Iterator[Problem]:
    for index, url in enumerate(urls):
        yield from _refused(f"{where}.sources.{index}", url, _check_address)


def _refused(where: str, value: str | None, check: Callable[[str], object]) -> Iterator[Problem]:
    if value:
        try:
            check(value)
        except ValidationError as error:
            yield where, " ".join(error.messages)


_check_address = URLValidator(schemes=["http", "https"])


def _check_date(text: str) -> None:
    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise ValidationError(
            _("Enter a year, a month or a day: 2024, 2024-12 or 2024-12-03.")
        ) from error


def _unknown_code(code: str) -> str:
    return _("There is no comune with the ISTAT code %(code)s.") % {"code": code}


def _unknown_act(key: str) -> str:
    return _("No act has the key %(key)s.") % {"key": key}
