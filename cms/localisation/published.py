"""Keeps what readers of a language were given when its translation was last published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.delivery import keys
from cms.delivery.marking import mark
from cms.localisation.models import PublishedSentence, PublishedTranslation

MILLISECOND = timedelta(milliseconds=1)


class Sentence(NamedTuple):
    """A sentence in its place, and the words that stand for it in a language, if any do."""

    context_id: int
    string_id: int
    words: str


def published_sentences(translation: Translation) -> list[Sentence]:
    """Return the sentences of the last publication, in the order of the source."""
    rows = PublishedSentence.objects.filter(translation=translation)
    return [Sentence(*row) for row in rows.values_list("context_id", "string_id", "words")]


def translated_sentences(
    translation: Translation, saved_before: datetime | None = None
) -> list[Sentence]:
    """Return the sentences of the source with the words that translators saved for them.

    Words with an error are left out, and those saved after *saved_before*.
    """
    saved = StringTranslation.objects.filter(
        translation_of_id=models.OuterRef("string_id"),
        context_id=models.OuterRef("context_id"),
        locale_id=translation.target_locale_id,
        has_error=False,
    )
    if saved_before is not None:
        saved = saved.filter(updated_at__lte=saved_before)
    segments = StringSegment.objects.filter(source_id=translation.source_id).order_by("order")
    rows = segments.annotate(words=models.Subquery(saved.values("data")[:1]))
    return [
        Sentence(context_id, string_id, words or "")
        for context_id, string_id, words in rows.values_list("context_id", "string_id", "words")
    ]


def note(translation: Translation, **state: Any) -> None:
    """Store how far *translation* has come; what is not named in *state* stays as it is."""
    if not PublishedTranslation.objects.filter(translation=translation).update(**state):
        PublishedTranslation.objects.update_or_create(translation=translation, defaults=state)


@transaction.atomic
def keep(
    translation: Translation,
    sentences: Iterable[Sentence],
    revision_pk: int | None,
    *,
    source_published_at: datetime | None,
    known: list[Sentence] | None = None,
) -> None:
    """Store *sentences* as what is published now; *known* are those that were, if read."""
    note(
        translation,
        revision_id=revision_pk,
        source_published_at=source_published_at,
        taken_along=False,
        problem="",
    )
    wanted = list(sentences)
    if (published_sentences(translation) if known is None else known) == wanted:
        return
    PublishedSentence.objects.filter(translation=translation).delete()
    PublishedSentence.objects.bulk_create(
        PublishedSentence(translation=translation, position=position, **sentence._asdict())
        for position, sentence in enumerate(wanted)
    )
    _mark(translation)


def _mark(translation: Translation) -> None:
    """Have the translation's document built: it names the sentences that have no words.

    It may have been built already, between the publication and what is kept of it.
    """
    source = translation.source
    kind = ContentType.objects.get_for_id(source.specific_content_type_id)
    model: Any = kind.model_class()
    of_page = issubclass(model, Page)
    key = keys.page_key(source.object_id) if of_page else keys.record_key(model, source.object_id)
    mark(own=key, locale=str(translation.target_locale.language_code))


def was_published(translation: Translation, revision: Revision) -> None:
    """Keep what *revision* of a translation has just given its readers.

    Words that were saved after the revision was made are not in it.
    """
    keep(
        translation,
        translated_sentences(translation, saved_before=revision.created_at),
        revision.pk,
        source_published_at=_published_at(translation.source),
    )
    PublishedTranslation.objects.filter(translation=translation).update(
        submitted_at=None, submitted_by=None
    )


def _published_at(source: TranslationSource) -> datetime | None:
    """Return when the content that *source* holds was published, or ``None`` if it is older."""
    told = json.loads(source.content_json).get("last_published_at")
    try:
        stored: Any = source.get_source_instance()
    except models.ObjectDoesNotExist:
        return None
    published: datetime | None = getattr(stored, "last_published_at", None)
    kept = parse_datetime(told) if told else None
    # JSON keeps milliseconds.
    if published is None or kept is None or abs(published - kept) >= MILLISECOND:
        return None
    return published
