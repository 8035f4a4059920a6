"""Publishing a source renews the data of its translations and keeps their words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry
from wagtail_localize.models import String, StringSegment, TranslationSource
from wagtail_localize.strings import StringValue

from centres.models import ActivityType, CentrePage
from cms.localisation.segments import refresh_segments
from cms.localisation.sweeping import lagging_sources, sweep
from cms.localisation.synchronising import synchronise
from tests.editor import Editor
from tests.localisation.translated_centre import (
    SUMMARY,
    WORDS,
    centre,
    save_words,
    segment,
    target_of,
    translation_of,
)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def page(editor: Editor, commit: Any) -> CentrePage:
    """An Italian centre whose summary was translated and published."""
    sweep()
    found = centre()
    with commit():
        editor.publish(found, summary=SUMMARY)
    with commit():
        editor.translate(target_of(found), segment(found, SUMMARY), WORDS)
    assert target_of(found).summary == WORDS
    return CentrePage.objects.get(pk=found.pk)


def test_data_follow_and_words_stay(editor: Editor, page: CentrePage, commit: Any) -> None:
    assert target_of(page).management != "private"
    with commit():
        editor.publish(page, management="private", **{"seats-0-phone": "+39 031 999999"})
    target = target_of(page)
    assert target.management == "private"
    assert (
        target.seats.first().phone
        == page.seats.first()
        .__class__.objects.get(
            translation_key=page.seats.first().translation_key, locale=page.locale
        )
        .phone
    )
    assert "999999" in target.seats.first().phone
    assert target.summary == WORDS
    assert target.live
    assert target.live_revision_id == target.latest_revision_id


def test_a_changed_sentence_stands_in_italian_until_it_is_translated(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    with commit():
        editor.publish(page, summary="Lo spazio è chiuso.")
    assert target_of(page).summary == "Lo spazio è chiuso."
    with commit():
        editor.publish(page, summary=SUMMARY)
    assert target_of(page).summary == WORDS
    with commit():
        editor.publish(page, summary="Lo spazio è chiuso.")
    with commit():
        editor.translate(target_of(page), segment(page, "Lo spazio è chiuso."), "It is closed.")
    assert target_of(page).summary == "It is closed."


def test_words_that_nobody_published_stay_unpublished(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    save_words(page, SUMMARY, "Nobody has read this.")
    with commit():
        editor.publish(page, management="private")
    assert target_of(page).management == "private"
    assert target_of(page).summary == WORDS


def test_publishing_again_without_a_change_writes_no_revision(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    before = target_of(page).latest_revision_id
    with commit():
        editor.publish(page)
    assert target_of(page).latest_revision_id == before
    assert lagging_sources() == []
    assert synchronise(translation_of(page).source_id) == 0


def test_a_draft_of_the_source_changes_nothing(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    with commit():
        editor.save_draft(page, summary="Un'idea.", management="private")
    assert target_of(page).management != "private"
    assert lagging_sources() == []


def test_an_unpublished_translation_stays_a_draft_with_new_data(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    with commit():
        editor.unpublish(target_of(page))
    with commit():
        editor.publish(page, management="private")
    target = target_of(page)
    assert not target.live
    assert target.get_latest_revision_as_object().management == "private"


def test_the_worker_finds_what_no_signal_told(editor: Editor, page: CentrePage) -> None:
    editor.publish(page, management="private")  # The process dies before the commit is told.
    assert target_of(page).management != "private"
    assert lagging_sources() == [translation_of(page).source_id]
    sweep()
    assert target_of(page).management == "private"
    assert lagging_sources() == []


def test_a_publication_that_nobody_noted_is_noted_late(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    save_words(page, SUMMARY, "Families meet here.")
    target = target_of(page)
    translation_of(page).save_target(publish=False)
    revision = target_of(page).get_latest_revision()
    CentrePage.objects.filter(pk=target.pk).update(live_revision=revision)
    with commit():
        editor.publish(page, management="private")
    assert target_of(page).summary == "Families meet here."


def test_a_record_is_followed(editor: Editor, commit: Any) -> None:
    record = ActivityType.objects.filter(locale__language_code="it").first()
    assert record is not None
    words = target_of(record).name
    with commit():
        editor.publish_record(record, sort_order="77")
    assert target_of(record).sort_order == 77
    assert target_of(record).name == words


def test_an_object_never_submitted_costs_one_query(editor: Editor, commit: Any) -> None:
    source = TranslationSource.objects.first()
    assert source is not None
    source.translations.all().delete()
    with CaptureQueriesContext(connection) as queries:
        assert synchronise(source.pk) == 0
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 2


def test_segments_are_those_of_wagtail_localize(db: None) -> None:
    """Our refresh of segments in bulk leaves what theirs would leave."""
    for source in TranslationSource.objects.all():
        before = _segments(source)
        if not before:
            continue
        StringSegment.objects.filter(source=source).update(order=0)
        StringSegment.objects.filter(pk=before[0][0]).delete()
        refresh_segments(source, source.as_instance())
        ours = [row[1:] for row in _segments(source)]
        source.refresh_segments()
        assert ours == [row[1:] for row in _segments(source)] == [row[1:] for row in before]


def _segments(source: TranslationSource) -> list[tuple[Any, ...]]:
    rows = StringSegment.objects.filter(source=source).order_by("order", "pk")
    return list(
        rows.values_list(
            "pk", "order", "string__data", "context__path", "context__field_path", "attrs"
        )
    )


def test_a_sentence_that_is_known_elsewhere_is_stored_once(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    known = String.from_value(page.locale, StringValue("Neu."))
    with commit():
        editor.publish(page, summary="Neu.")
    source = translation_of(page).source
    assert StringSegment.objects.get(source=source, context__path="summary").string == known
    assert String.objects.filter(data="Neu.").count() == 1


def test_another_title_is_logged_and_the_address_stays(
    editor: Editor, page: CentrePage, commit: Any
) -> None:
    before = target_of(page)
    with commit():
        editor.publish(page, title="Centro nuovo")
    after = target_of(page)
    assert (after.title, after.slug, after.url_path) == (
        "Centro nuovo",
        before.slug,
        before.url_path,
    )
    entry = PageLogEntry.objects.get(page=after.pk, action="wagtail.rename")
    assert entry.data["title"] == {"old": before.title, "new": "Centro nuovo"}


def test_synchronising_a_centre_costs_a_fixed_number_of_queries(
    editor: Editor, page: CentrePage, settings: Any
) -> None:
    """A sentence and a telephone number changed; the queue is the one of production."""
    editor.publish(page, summary="Neu.", **{"seats-0-phone": "+39 031 999999"})
    source = translation_of(page).source_id
    synchronise(source)
    editor.publish(page, summary="Neuer.", **{"seats-0-phone": "+39 031 888888"})
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with CaptureQueriesContext(connection) as queries:
        assert synchronise(source) == 1
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 39, "\n".join(query[:120] for query in asked)
