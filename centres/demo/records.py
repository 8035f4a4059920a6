"""Makes vocabularies, acts and bodies of the demonstration."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from centres.demo.facts import (
    ActFact,
    ActivityTypeFact,
    FundingFact,
    LegalFacts,
    ProgrammeFact,
    english,
)
from centres.models import (
    ActivityType,
    Audience,
    AudienceKind,
    District,
    FundingSource,
    LegalForm,
    LegalReference,
    LegalRelation,
    Organisation,
    Sector,
    ServiceForm,
)
from cms.demo import once
from cms.localisation.programmed import publish_translation
from cms.partial_dates import PartialDate
from cms.rows import number_rows

LEGAL_FORMS = {
    "fondazione": LegalForm.FOUNDATION,
    "comune": LegalForm.MUNICIPALITY,
    "cooperativa sociale": LegalForm.SOCIAL_COOPERATIVE,
    "comunità montana": LegalForm.MOUNTAIN_COMMUNITY,
    "azienda speciale": LegalForm.SPECIAL_COMPANY,
}
PUBLIC_FORMS = frozenset(
    {LegalForm.MUNICIPALITY, LegalForm.MOUNTAIN_COMMUNITY, LegalForm.SPECIAL_COMPANY}
)


def published(record: Any) -> Any:
    """Validate, save and publish *record*, with a first revision as an editor would leave."""
    record.full_clean(exclude=["locale"] if hasattr(record, "locale") else None)
    record.save()
    record.save_revision().publish()
    return record


def publish_in_both(record: Any) -> None:
    """Publish *record* in Italian, and its translation in English."""
    publish_translation(published(record), Locale.objects.get(language_code="en"), english())


def _it() -> Locale:
    return Locale.get_default()


def load_terms(activity_types: list[ActivityTypeFact], programme: ProgrammeFact) -> None:
    """Load the ten activity types, the six forms of service and the four critical moments."""
    for fact in activity_types:
        once(f"activity-type:{fact.code}", _make_activity_type, fact)
    for order, (code, name) in enumerate(programme.service_forms, start=1):
        once(f"service-form:{code}", _make_service_form, code, name, order)
    for order, (code, name) in enumerate(programme.critical_moments, start=1):
        once(f"audience:{code}", _make_critical_moment, code, name, order)


def _make_activity_type(fact: ActivityTypeFact) -> None:
    publish_in_both(
        ActivityType(code=fact.code, name=fact.name_it, sort_order=fact.number, locale=_it())
    )


def _make_service_form(code: str, name: str, order: int) -> None:
    publish_in_both(ServiceForm(code=code, name=name, sort_order=order, locale=_it()))


def _make_critical_moment(code: str, name: str, order: int) -> None:
    kind = AudienceKind.CRITICAL_MOMENT
    publish_in_both(Audience(code=code, name=name, kind=kind, sort_order=order, locale=_it()))


def load_acts(facts: LegalFacts) -> None:
    """Load the acts in order of time, each with its relations to earlier ones, and the funding."""
    by_key = {fact.key: fact for fact in facts.acts}
    for fact in sorted(facts.acts, key=lambda act: str(act.date or act.year)):
        once(f"act:{fact.key}", _make_act, fact)
    for row in facts.relations:
        once(
            f"relation:{row.source}:{row.relation}:{row.target}",
            _relate,
            by_key[row.source],
            row.relation,
            by_key[row.target],
        )
    for source in facts.funding_sources:
        act = by_key[source.established_by] if source.established_by else None
        once(f"funding:{source.key}", _make_funding_source, source, act)


def _make_funding_source(fact: FundingFact, act: ActFact | None) -> None:
    publish_in_both(
        FundingSource(
            name=fact.name_it,
            established_by=find_act(act) if act else None,
            pinpoint=f"art. {fact.article}" if fact.article else "",
            locale=_it(),
        )
    )


def _make_act(fact: ActFact) -> None:
    publish_in_both(_act(fact))


def _act(fact: ActFact) -> LegalReference:
    return LegalReference(
        act_type=fact.act_type,
        issuer=fact.issuer,
        legislature=fact.legislature or "",
        number=fact.number,
        year=fact.year,
        date=PartialDate.parse(fact.date.isoformat()) if fact.date else None,
        title=fact.title or "",
        summary=fact.summary or "",
        published_in=fact.published_in or "",
        urn=fact.urn or "",
        source=fact.sources[0] if fact.sources else "",
        locale=_it(),
    )


def find_act(fact: ActFact) -> LegalReference:
    """Return the Italian row of an act of the data."""
    found: LegalReference = LegalReference.objects.get(
        act_type=fact.act_type, number=fact.number, year=fact.year, locale=_it()
    )
    return found


def _relate(source: ActFact, relation: str, target: ActFact) -> None:
    act = find_act(source)
    row = LegalRelation(act=act, relation=relation, target=find_act(target))
    row.full_clean()
    act.relations.add(row)
    number_rows(act)
    act.save_revision().publish()


def organisation(name: str, kind: str | None = None) -> Organisation:
    """Return the body called *name*, made on first use."""
    form = LEGAL_FORMS[kind] if kind else LegalForm.UNKNOWN
    sector = Sector.UNKNOWN
    if kind:
        sector = Sector.PUBLIC if form in PUBLIC_FORMS else Sector.PRIVATE
    body = Organisation(name=name, legal_form=form, sector=sector)
    once(f"organisation:{name}", published, body)
    return Organisation.objects.filter(name=name).first() or published(Organisation(name=name))


def district(name: str) -> District:
    """Return the district called *name*, made on first use."""
    once(f"district:{name}", published, District(name=name))
    return District.objects.filter(name=name).first() or published(District(name=name))
