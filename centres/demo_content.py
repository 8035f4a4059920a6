"""Announces the demonstration content of this app."""

from __future__ import annotations

from centres.comuni import load_comuni
from centres.demo import pages, records
from centres.demo.drafts import load_drafts
from centres.demo.facts import (
    ActivityTypeFact,
    CentresFacts,
    DataFileError,
    LegalFacts,
    ProgrammeFact,
    read,
)
from centres.demo.problems import centre_problems, legal_problems
from centres.models import ActivityType, Comune
from cms.demo import register_loader


def load() -> None:
    """Load comuni, vocabularies, acts, the programme and its centres."""
    activity_types = read("activity-types.json", list[ActivityTypeFact])
    legal = read("legal-references.json", LegalFacts)
    programme = read("programme.json", ProgrammeFact)
    facts = read("insubria-centres.json", CentresFacts)
    load_comuni()
    _refuse_what_cannot_be(facts, legal, activity_types)
    records.load_terms(activity_types, programme)
    records.load_acts(legal)
    pages.load_programme(programme, legal)
    pages.load_acts_page(programme)
    keys = dict(
        ActivityType.objects.values_list("code", "translation_key").order_by("pk").distinct()
    )
    types = {fact.number: str(keys.get(fact.code, "")) for fact in activity_types}
    for centre in facts.centres:
        pages.load_centre(centre, facts.checked_on.isoformat(), types)


def _refuse_what_cannot_be(
    facts: CentresFacts, legal: LegalFacts, activity_types: list[ActivityTypeFact]
) -> None:
    """Raise ``DataFileError`` for a file with a row that cannot be loaded, naming all of them."""
    codes = set(Comune.objects.values_list("pk", flat=True))
    numbers = {fact.number for fact in activity_types}
    if found := list(legal_problems(legal)):
        raise DataFileError("legal-references.json", found)
    if found := list(centre_problems(facts.centres, codes, numbers)):
        raise DataFileError("insubria-centres.json", found)


register_loader(20, load)
register_loader(30, load_drafts, drafts=True)
