"""Drafts in further languages: the programme and the vocabularies, for somebody to review.

They are written by no native speaker and published by nobody: a translator finds them in the
editor, and readers do not find them at all.
"""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Locale, Page

from centres.demo.facts import drafted
from centres.models import ActivityType, Audience, FundingSource, ProgrammePage, ServiceForm
from cms.demo import once
from cms.localisation.programmed import draft_translation

LANGUAGES = ("fr", "ar")
VOCABULARIES = (ActivityType, ServiceForm, Audience, FundingSource)


def load_drafts() -> None:
    """Load the drafts of each language that content may be in."""
    for language in LANGUAGES:
        if language in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
            once(f"drafts:{language}", _make_drafts, language)


def _make_drafts(language: str) -> None:
    locale, _created = Locale.objects.get_or_create(language_code=language)
    sentences = drafted(language)
    source = Locale.get_default()
    programme = ProgrammePage.objects.filter(locale=source).first()
    if programme is not None:
        # A page is translated below its translated parent: the home page waits with it.
        parents = Page.objects.ancestor_of(programme).filter(depth__gt=1).specific()
        for page in (*parents.order_by("path"), programme):
            draft_translation(page, locale, sentences)
    for model in VOCABULARIES:
        for record in model._default_manager.filter(locale=source, live=True):
            draft_translation(record, locale, sentences)
