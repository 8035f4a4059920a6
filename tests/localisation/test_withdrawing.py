"""A source that goes takes its translations along."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page
from wagtail_localize.models import Translation

from centres.models import ActivityType, CentrePage, ProgrammePage
from cms.localisation.sweeping import lagging_sources, sweep
from tests.editor import Editor
from tests.localisation.translated_centre import centre, english, target_of


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_unpublishing_a_source_unpublishes_its_translations(editor: Editor, commit: Any) -> None:
    page = centre()
    with commit():
        editor.unpublish(page)
    assert not target_of(page).live
    with commit():
        editor.publish(CentrePage.objects.get(pk=page.pk))
    assert target_of(page).live


def test_one_that_was_unpublished_by_hand_stays_a_draft(editor: Editor, commit: Any) -> None:
    page = centre()
    with commit():
        editor.unpublish(target_of(page))
    with commit():
        editor.unpublish(page)
    with commit():
        editor.publish(CentrePage.objects.get(pk=page.pk))
    assert not target_of(page).live


def test_unpublishing_a_translation_leaves_the_source(editor: Editor, commit: Any) -> None:
    page = centre()
    with commit():
        editor.unpublish(target_of(page))
    assert CentrePage.objects.get(pk=page.pk).live


def test_the_worker_finds_a_source_that_went_without_a_word(editor: Editor) -> None:
    while sweep():
        pass
    record = ActivityType.objects.filter(locale__language_code="it").first()
    assert record is not None
    editor.unpublish_record(record)
    assert len(lagging_sources()) == 1
    sweep()
    assert not target_of(record).live
    assert lagging_sources() == []


def test_deleting_a_source_deletes_its_translations(editor: Editor) -> None:
    page = centre()
    target = target_of(page)
    response = editor.client.get(f"/admin/pages/{page.pk}/delete/")
    assert "La sua traduzione viene eliminata" in response.content.decode()
    editor.delete(page)
    assert not Page.objects.filter(pk=target.pk).exists()
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()


def test_deleting_a_translation_leaves_the_source(editor: Editor) -> None:
    page = centre()
    editor.delete(target_of(page))
    assert CentrePage.objects.filter(pk=page.pk).exists()


def test_deleting_a_record_deletes_its_translations(editor: Editor) -> None:
    record = ActivityType.objects.filter(locale__language_code="it").first()
    assert record is not None
    editor.delete_record(record)
    assert not ActivityType.objects.filter(translation_key=record.translation_key).exists()


def test_a_tree_goes_with_all_its_translations(editor: Editor) -> None:
    programme = ProgrammePage.objects.get(locale__language_code="it")
    home = target_of(programme).get_parent()
    before = home.numchild
    programme.delete()
    assert not ProgrammePage.objects.exists()
    assert not CentrePage.objects.filter(locale=english()).exists()
    assert Page.objects.get(pk=home.pk).numchild == before - 1
    assert Page.find_problems() == ([], [], [], [], [])
