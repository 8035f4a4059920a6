"""The demonstration holds drafts in further languages, which wait for somebody to review them."""

from __future__ import annotations

import pytest
from django.apps import apps
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.models import StringTranslation

from centres.demo.drafts import LANGUAGES, VOCABULARIES, load_drafts
from centres.models import CentrePage, ProgrammePage
from cms.localisation.progress import State, all_progress


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_drafts()


def test_programme_and_vocabularies_are_translated_to_the_last_sentence() -> None:
    drafted = {ProgrammePage, *VOCABULARIES}
    for language in LANGUAGES:
        found = [item for item in all_progress() if item.language == language]
        assert {item.state for item in found if item.model in drafted} == {State.DRAFT}
        assert {item.to_do for item in found if item.model in drafted} == {0}
        assert {item.state for item in found if item.model is CentrePage} == {State.MISSING}


def test_nothing_of_them_is_published() -> None:
    locales = Locale.objects.filter(language_code__in=LANGUAGES)
    assert len(locales) == len(LANGUAGES)
    assert not Page.objects.filter(locale__in=locales, live=True).exists()
    for model in apps.get_models():
        if issubclass(model, TranslatableMixin) and issubclass(model, DraftStateMixin):
            assert not model._default_manager.filter(locale__in=locales, live=True).exists(), model


def test_no_sentence_has_an_error() -> None:
    words = StringTranslation.objects.filter(locale__language_code__in=LANGUAGES)
    assert words.exists()
    assert not words.filter(has_error=True).exists()


def test_loading_again_changes_nothing() -> None:
    before = set(StringTranslation.objects.values_list("pk", "updated_at"))
    StringTranslation.objects.filter(locale__language_code="fr")[0].delete()
    load_drafts()
    assert set(StringTranslation.objects.values_list("pk", "updated_at")) < before
