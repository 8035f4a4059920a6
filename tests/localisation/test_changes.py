"""What changed since the last publication, block by block."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from centres.models import CentrePage
from cms.localisation.changes import Change, changes
from cms.localisation.sweeping import sweep
from cms.localisation.word_diff import Piece, word_diff
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


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "Nuovo", [("new", "Nuovo")]),
        ("Via", "", [("gone", "Via")]),
        ("Uguale", "Uguale", [("same", "Uguale")]),
        (
            "Aperto lunedì, 9-12.",
            "Aperto martedì, 9-12.",
            [("same", "Aperto "), ("gone", "lunedì"), ("new", "martedì"), ("same", ", 9-12.")],
        ),
    ],
)
def test_words_that_changed(before: str, after: str, pieces: list[Any]) -> None:
    found = word_diff(before, after)
    assert found == [Piece(*piece) for piece in pieces]
    assert "".join(piece.text for piece in found if piece.kind != "new") == before
    assert "".join(piece.text for piece in found if piece.kind != "gone") == after


@pytest.fixture
def page(editor: Editor, django_capture_on_commit_callbacks: Any) -> CentrePage:
    sweep()
    found = centre()
    editor.publish(found, summary=SUMMARY)
    sweep()
    with django_capture_on_commit_callbacks(execute=True):
        editor.translate(target_of(found), segment(found, SUMMARY), WORDS)
    return CentrePage.objects.get(pk=found.pk)


def _summary(page: CentrePage) -> Change:
    return next(
        item for item in changes(translation_of(page)) if item.tab and "frasi" in item.label
    )


def test_a_sentence_passes_through_all_states(
    editor: Editor, page: CentrePage, django_capture_on_commit_callbacks: Any
) -> None:
    assert _summary(page).state == "kept"
    assert not any(item.has_changed for item in changes(translation_of(page)))
    editor.publish(page, summary="Uno spazio per tutti.")
    sweep()
    now = _summary(page)
    assert (now.before, now.after) == (SUMMARY, "Uno spazio per tutti.")
    assert (now.words, now.state) == ("", "to_do")
    save_words(page, "Uno spazio per tutti.", "A place for all.")
    assert (_summary(page).words, _summary(page).state) == ("A place for all.", "translated")
    with django_capture_on_commit_callbacks(execute=True):
        editor.translate(
            target_of(page), segment(page, "Uno spazio per tutti."), "A place for everybody."
        )
    assert _summary(page).state == "kept"


def test_a_block_that_is_gone_is_listed(editor: Editor, page: CentrePage) -> None:
    count = len(page.activities)
    assert count
    gone = page.activities[0].value["title"]
    form = editor.page_form(page)
    form["activities-0-deleted"] = "1"
    editor.publish(page, **form)
    sweep()
    states = {item.before: item.state for item in changes(translation_of(page)) if item.before}
    assert states[gone] == "gone"


def test_the_page_marks_words_for_everybody(editor: Editor, page: CentrePage) -> None:
    editor.publish(page, summary="Uno spazio per tutti.")
    sweep()
    url = reverse("family_localisation:changes", args=[translation_of(page).pk])
    html = " ".join(editor.client.get(url).content.decode().split())
    assert '<td lang="it"> Uno spazio per <del><span class="w-sr-only" lang="it">tolto:' in html
    assert "le famiglie</del>" in html
    assert "tutti</ins>" in html
    assert "da tradurre" in html
    assert reverse("wagtailadmin_pages:edit", args=[target_of(page).pk]) in html


def test_the_translation_editor_leads_to_it(editor: Editor, page: CentrePage) -> None:
    editor.publish(page, summary="Uno spazio per tutti.")
    sweep()
    html = editor.client.get(
        reverse("wagtailadmin_pages:edit", args=[target_of(page).pk])
    ).content.decode()
    assert reverse("family_localisation:changes", args=[translation_of(page).pk]) in html
    assert "1 frase è da tradurre" in html


def test_publishing_a_part_asks_first(
    editor: Editor, page: CentrePage, django_capture_on_commit_callbacks: Any
) -> None:
    editor.publish(page, summary="Uno spazio per tutti.", alert="Attenzione.")
    sweep()
    url = reverse("wagtailadmin_pages:edit", args=[target_of(page).pk])
    before = target_of(page).latest_revision_id
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.client.post(url, {"action": "publish"})
    assert response.status_code == 200
    assert "2 frasi non hanno una traduzione" in response.content.decode()
    assert "Attenzione." in response.content.decode()
    assert target_of(page).latest_revision_id == before
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.client.post(url, {"action": "publish", "publish-partial": "1"})
    assert response.status_code == 302
    assert target_of(page).latest_revision_id != before


def test_what_differs_is_told_beside_the_sentence(
    editor: Editor, page: CentrePage, django_capture_on_commit_callbacks: Any
) -> None:
    source, words = "Aperto da 9.30 a 12, per {nome}.", "Open from 9:30 to 1, for {name}."
    editor.publish(page, summary=source, alert="Attenzione.")
    sweep()
    save_words(page, source, words)
    url = reverse("family_localisation:changes", args=[translation_of(page).pk])
    told = [
        "Mancano numeri dell’originale: 12.",
        "Numeri che nell’originale non ci sono: 1.",
        "Mancano segnaposto dell’originale: {nome}.",
        "Segnaposto che nell’originale non ci sono: {name}.",
    ]
    html = editor.client.get(url).content.decode()
    assert [html.count(text) for text in told] == [1, 1, 1, 1]
    assert "Frasi non cambiate da controllare" not in html

    edit = reverse("wagtailadmin_pages:edit", args=[target_of(page).pk])
    asked = editor.client.post(edit, {"action": "publish"}).content.decode()
    assert "Frasi tradotte da controllare" in asked
    assert [asked.count(text) for text in told] == [1, 1, 1, 1]

    with django_capture_on_commit_callbacks(execute=True):
        editor.client.post(edit, {"action": "publish", "publish-partial": "1"})
    html = editor.client.get(url).content.decode()
    assert "Frasi non cambiate da controllare" in html
    assert [html.count(text) for text in told] == [1, 1, 1, 1]

    save_words(page, source, "Open from 9:30 to 12, for {nome}.")
    assert "Da controllare:" not in editor.client.get(url).content.decode()
