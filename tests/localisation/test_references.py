"""What an object refers to is submitted with it, at any depth."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from centres.models import (
    ActivityType,
    CentrePage,
    FundingSource,
    LegalReference,
    LegalRelation,
    Place,
    ProgrammePage,
)
from cms.localisation.references import (
    all_referenced_records,
    referenced_records,
    untranslated_records,
)


@pytest.fixture
def french(db: None, settings: Any) -> Locale:
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [
        ("it", "Italian"), ("en", "English"), ("fr", "French"),
    ]  # fmt: skip
    return Locale.objects.create(language_code="fr")


def _programme() -> ProgrammePage:
    return ProgrammePage.objects.get(locale__language_code="it")


def test_terms_rows_and_citations_are_references(db: None) -> None:
    kinds = {type(record) for record in referenced_records(_programme())}
    assert {ActivityType, FundingSource, LegalReference} <= kinds
    centre = CentrePage.objects.filter(locale__language_code="it").first()
    assert centre is not None
    found = referenced_records(centre)
    assert {Place, ActivityType} <= {type(record) for record in found}
    assert {record.locale.language_code for record in found} == {"it"}
    assert len(found) == len(set(found))


def test_references_of_references_are_found_once(db: None) -> None:
    """An act leads to the acts that it changes, and a circle ends."""
    first, second, third = LegalReference.objects.filter(locale__language_code="it")[:3]
    for act, target in ((first, second), (second, third), (third, first)):
        LegalRelation.objects.filter(act=act).delete()
        LegalRelation.objects.create(act=act, relation="related_to", target=target)
    found = list(all_referenced_records(LegalReference.objects.get(pk=first.pk)))
    assert [record.pk for record in found] == [second.pk, third.pk, first.pk]


def test_submitting_a_page_submits_what_it_uses_as_drafts(french: Locale) -> None:
    programme = _programme()
    wanted = {record.translation_key for record in untranslated_records(programme, french)}
    assert len(wanted) > 20
    translate_object(programme, [french])
    submitted = Translation.objects.filter(target_locale=french)
    assert wanted <= {item.source.object_id for item in submitted.select_related("source")}
    for model in (ActivityType, LegalReference):
        rows = model._default_manager.filter(locale=french)
        assert rows and not any(row.live for row in rows)


def test_what_is_not_published_is_listed_as_used(french: Locale) -> None:
    programme = _programme()
    translate_object(programme, [french])
    used = untranslated_records(programme, french)
    term = ActivityType.objects.filter(locale=french).first()
    assert term is not None
    assert term.translation_key in {record.translation_key for record in used}
    term.save_revision().publish()
    again = untranslated_records(programme, french)
    assert len(again) == len(used) - 1
    assert term.translation_key not in {record.translation_key for record in again}


def test_a_record_of_data_alone_is_not_submitted(french: Locale) -> None:
    """A place without directions has nothing to translate."""
    centre = CentrePage.objects.filter(locale__language_code="it", seats__isnull=False).first()
    assert centre is not None
    described, bare = centre.seats.first().place, Place.objects.create(name="Bare")
    described.directions = "Dietro la chiesa."
    described.save()
    seat = centre.seats.last()
    seat.pk, seat.translation_key, seat.place = None, bare.translation_key, bare
    seat.save()
    used = untranslated_records(CentrePage.objects.get(pk=centre.pk), french)
    assert described in used
    assert bare not in used
