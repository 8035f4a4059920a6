"""Brings what was published in the source into its translations.

Data are renewed. A sentence that did not change keeps the words that were last published for it,
also where a translator has saved newer ones that nobody approved. A sentence that changed appears
in the source's own words until its translation is published (decision 11).
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import (
    StringSegment,
    Translation,
    TranslationSource,
    get_schema_version,
)

from cms.localisation import targets
from cms.localisation.models import PublishedTranslation
from cms.localisation.published import (
    keep,
    published_sentences,
    translated_sentences,
    was_published,
)
from cms.localisation.segments import refresh_segments
from cms.translated_slugs import keep_addresses

logger = logging.getLogger(__name__)


@transaction.atomic
def synchronise(source_pk: int) -> int:
    """Synchronise the translations of one source; return how many rows were written.

    Nothing is done for a source that is gone, is not live or knows no drafts, has no enabled
    translation, or whose translations hold what was published last.
    """
    source = (
        TranslationSource.objects.select_for_update(of=("self",), no_key=True)
        .select_related("locale", "object")
        .filter(pk=source_pk)
        .first()
    )
    if source is None:
        return 0
    enabled = source.translations.filter(enabled=True)
    translations = list(enabled.select_related("target_locale", "published"))
    if not translations:
        return 0
    try:
        instance = source.get_source_instance()
    except models.ObjectDoesNotExist:
        return 0
    if not isinstance(instance, DraftStateMixin) or not instance.live:
        return 0
    published_at = instance.last_published_at
    due = [item for item in translations if _at(item) != published_at]
    if not due:
        return 0
    targets.load_rows(instance)
    data = targets.serialised(instance)
    if targets.content_of(data) != targets.content_of(json.loads(source.content_json)):
        _update(source, instance, data)
    written = 0
    for translation in due:
        translation.source = source
        written += _write(translation, instance, published_at)
    return written


def _at(translation: Translation) -> datetime | None:
    state = getattr(translation, "published", None)
    return state.source_published_at if state else None


def _update(source: TranslationSource, instance: Any, data: targets.Content) -> None:
    """Do what ``TranslationSource.update_from_db`` does, from what was read already."""
    has_moved = json.loads(source.content_json).get("slug") != data.get("slug")
    source.content_json = json.dumps(data, cls=DjangoJSONEncoder)
    source.schema_version = get_schema_version(instance._meta.app_label)
    source.object_repr = str(instance)[:200]
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "schema_version", "object_repr", "last_updated_at"])
    refresh_segments(source, instance)
    if has_moved:
        slugs = StringSegment.objects.filter(source=source, context__path="slug")
        for slug in slugs.select_related("context", "string", "source"):
            keep_addresses(slug)


def _write(translation: Translation, instance: Any, published_at: datetime | None) -> int:
    try:
        target = translation.get_target_instance()
    except models.ObjectDoesNotExist:
        target = None
    if target is None or getattr(target, "alias_of_id", None):
        # Whoever makes a translation of it takes what the source holds then.
        _note(translation, published_at)
        return 0
    try:
        with transaction.atomic():
            return _renew(translation, target, instance, published_at)
    except ValidationError as error:
        logger.warning("%r could not be synchronised: %s", translation, error)
        _note(translation, published_at, "\n".join(error.messages))
        return 0


def _note(translation: Translation, published_at: datetime | None, problem: str = "") -> None:
    PublishedTranslation.objects.update_or_create(
        translation=translation,
        defaults={"source_published_at": published_at, "problem": problem},
    )


def _renew(
    translation: Translation, target: Any, instance: Any, published_at: datetime | None
) -> int:
    state: PublishedTranslation | None = getattr(translation, "published", None)
    if not target.live and not (state and state.taken_along):
        return _renew_draft(translation, target, instance, published_at)
    target.locale = translation.target_locale
    targets.load_rows(target)
    before, rows_before = targets.serialised(target), targets.rows_of(target)
    if target.live_revision_id and (state is None or state.revision_id != target.live_revision_id):
        # It was published by a process that died before it could say so.
        was_published(translation, target.live_revision)
    known = published_sentences(translation)
    words = {(item.context_id, item.string_id): item.words for item in known}
    sentences = [
        item._replace(words=words.get(item[:2], "")) if known else item
        for item in translated_sentences(translation)
    ]
    targets.fill(target, instance, translation, sentences)
    if isinstance(target, Page):
        translation.source.sync_view_restrictions(instance, target)
    revision = target.live_revision_id
    written = 0
    is_same = targets.content_of(targets.serialised(target)) == targets.content_of(before)
    if not is_same or not target.live:
        revision = targets.publish(target, rows_before).pk
        written = 1
    # What the source said at the last translation stays: it tells what changed since, and gives a
    # sentence that is changed back its words.
    keep(translation, known or sentences, revision, source_published_at=published_at, known=known)
    return written


def _renew_draft(
    translation: Translation, target: Any, instance: Any, published_at: datetime | None
) -> int:
    """A draft takes all words that were saved: its publication is still to come."""
    latest = target.get_latest_revision_as_object()
    before = targets.content_of(targets.serialised(latest))
    targets.fill(latest, instance, translation, translated_sentences(translation))
    _note(translation, published_at)
    if targets.content_of(targets.serialised(latest)) == before:
        return 0
    targets.save_draft(latest)
    return 1
