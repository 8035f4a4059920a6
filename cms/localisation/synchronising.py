"""Brings what was published in the source into its translations.

Data are renewed. A sentence that did not change keeps the words that were last published for it,
also where a translator has saved newer ones that nobody approved. A sentence that changed appears
in the source's own words until its translation is published (decision 11).
"""

from __future__ import annotations

import json
import logging
from copy import copy
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, PageViewRestriction
from wagtail_localize.models import (
    Translation,
    TranslationSource,
    get_schema_version,
)

from cms.localisation import targets
from cms.localisation.models import PublishedTranslation
from cms.localisation.published import (
    keep,
    note,
    published_sentences,
    translated_sentences,
    was_published,
)
from cms.localisation.publishing import publish
from cms.localisation.segments import Segments, read_segments, refresh_segments
from cms.translated_slugs import keep_addresses

logger = logging.getLogger(__name__)


class Original(NamedTuple):
    """What is live of a source, with its child rows in memory, and its segments."""

    instance: Any
    segments: Segments


@transaction.atomic
def synchronise(source_pk: int) -> int:
    """Synchronise the translations of one source; return how many rows were written.

    Nothing is done for a source that is gone, is not live or knows no drafts, has no enabled
    translation, or whose translations hold what was published last.
    """
    source = (
        TranslationSource.objects.select_for_update(of=("self",), no_key=True)
        .select_related("locale", "object", "specific_content_type")
        .filter(pk=source_pk)
        .first()
    )
    if source is None:
        return 0
    enabled = source.translations.filter(enabled=True)
    translations = list(enabled.select_related("target_locale", "published"))
    if not translations:
        return 0
    _hold(source, translations)
    languages = _languages(source, translations)
    instance = languages.get(source.locale_id)
    if not isinstance(instance, DraftStateMixin) or not instance.live:
        return 0
    published_at = instance.last_published_at
    due = [item for item in translations if _at(item) != published_at]
    if not due:
        return 0
    wanted = [languages.get(item.target_locale_id) for item in due]
    targets.load_rows(instance, *filter(None, wanted))
    targets.leave_comments(instance)
    data = targets.serialised(instance)
    if targets.content_of(data) != targets.content_of(json.loads(source.content_json)):
        segments = _update(source, instance, data)
    else:
        segments = read_segments(source)
    original = Original(instance, segments)
    written = 0
    for translation, target in zip(due, wanted, strict=True):
        translation.source = source
        written += _write(translation, target, original)
    return written


def _hold(source: TranslationSource, translations: list[Translation]) -> None:
    """Keep others from writing the translations until the transaction ends.

    Child rows are written before the object here and after it elsewhere: two writers would wait
    for one another. What is read below holds what the one before has written.
    """
    model = source.specific_content_type.model_class()
    locales = [item.target_locale_id for item in translations]
    base = Page if issubclass(model, Page) else model
    rows = base._base_manager.filter(translation_key=source.object_id, locale_id__in=locales)
    # In one order, as a statement of its own: pages of a kind are read from two tables.
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _languages(source: TranslationSource, translations: list[Translation]) -> dict[int, Any]:
    """Return the source's object and its translations by the primary key of their locale."""
    model = source.specific_content_type.model_class()
    locales = [source.locale_id, *(item.target_locale_id for item in translations)]
    rows = model._base_manager.filter(translation_key=source.object_id, locale_id__in=locales)
    return {row.locale_id: row for row in rows}


def _at(translation: Translation) -> datetime | None:
    state = getattr(translation, "published", None)
    return state.source_published_at if state else None


def _update(source: TranslationSource, instance: Any, data: targets.Content) -> Segments:
    """Do what ``TranslationSource.update_from_db`` does, from what was read already."""
    has_moved = json.loads(source.content_json).get("slug") != data.get("slug")
    source.content_json = json.dumps(data, cls=DjangoJSONEncoder)
    source.schema_version = _schema_version(instance._meta.app_label)
    source.object_repr = str(instance)[:200]
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "schema_version", "object_repr", "last_updated_at"])
    segments = refresh_segments(source, instance)
    if has_moved:
        for segment in segments.strings:
            if segment.context.path == "slug":
                keep_addresses(segment)
    return segments


@cache
def _schema_version(app_label: str) -> str:
    """Return the last migration of an app; whoever migrates starts its processes anew."""
    return str(get_schema_version(app_label))


def _write(translation: Translation, target: Any, original: Original) -> int:
    published_at = original.instance.last_published_at
    if target is None or getattr(target, "alias_of_id", None):
        # Whoever makes a translation of it takes what the source holds then.
        note(translation, source_published_at=published_at, problem="")
        return 0
    try:
        with transaction.atomic():
            return _renew(translation, target, original)
    except ValidationError as error:
        logger.warning("%r could not be synchronised: %s", translation, error)
        problem = "\n".join(error.messages)
        note(translation, source_published_at=published_at, problem=problem)
        return 0


def _renew(translation: Translation, target: Any, original: Original) -> int:
    state: PublishedTranslation | None = getattr(translation, "published", None)
    if not target.live and not (state and state.taken_along):
        return _renew_draft(translation, target, original)
    instance, segments = original
    target.locale = translation.target_locale
    stored = copy(target)
    targets.leave_comments(target)
    before, rows_before = targets.serialised(target), targets.rows_of(target)
    if target.live_revision_id and (state is None or state.revision_id != target.live_revision_id):
        # It was published by a process that died before it could say so.
        was_published(translation, target.live_revision)
    known = published_sentences(translation)
    # Words that are kept for a sentence that is gone find no place.
    sentences = known or translated_sentences(translation)
    targets.fill(target, instance, translation, sentences, segments)
    if isinstance(target, Page):
        _restrict(translation.source, instance, target)
    revision = target.live_revision_id
    written = 0
    is_same = targets.content_of(targets.serialised(target)) == targets.content_of(before)
    if not is_same or not target.live:
        revision = publish(target, stored, rows_before).pk
        written = 1
    # What the source said at the last translation stays: it tells what changed since, and gives a
    # sentence that is changed back its words.
    published_at = instance.last_published_at
    keep(translation, sentences, revision, source_published_at=published_at, known=known)
    return written


def _restrict(source: TranslationSource, original: Page, target: Page) -> None:
    """Give *target* the view restriction of *original*; most pages have none."""
    if PageViewRestriction.objects.filter(page__in=[original.pk, target.pk]).exists():
        source.sync_view_restrictions(original, target)


def _renew_draft(translation: Translation, target: Any, original: Original) -> int:
    """A draft takes all words that were saved: its publication is still to come."""
    latest = target.get_latest_revision_as_object()
    before = targets.content_of(targets.serialised(latest))
    sentences = translated_sentences(translation)
    targets.fill(latest, original.instance, translation, sentences, original.segments)
    note(translation, source_published_at=original.instance.last_published_at, problem="")
    if targets.content_of(targets.serialised(latest)) == before:
        return 0
    targets.save_draft(latest)
    return 1
