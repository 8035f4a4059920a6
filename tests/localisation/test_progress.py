"""The report of translations tells what is published, stale and missing, and for how long."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from centres.models import ActivityType, CentrePage
from cms import roles
from cms.localisation.progress import Progress, State, all_progress, summary
from tests.editor import Editor

LANGUAGES = ("de", "fr", "es", "ro", "sq", "uk", "ar")


def of(model: type, language: str = "en") -> list[Progress]:
    return [item for item in all_progress() if item.model is model and item.language == language]


@pytest.fixture
def report(editor: Editor) -> Any:
    def get(**query: str) -> Any:
        return editor.client.get(reverse("family_localisation:progress"), query)

    return get


def test_demonstration_is_published_in_english_in_full(db: None) -> None:
    listed = all_progress()
    assert {item.language for item in listed} == {"en"}
    assert {item.state for item in listed} == {State.PUBLISHED}
    assert {item.to_do for item in listed} == {0}
    centres = CentrePage.objects.live().filter(locale__language_code="it").count()
    assert len(of(CentrePage)) == centres > 5


def test_new_language_misses_everything_and_waits_since_the_first_publication(db: None) -> None:
    Locale.objects.create(language_code="de")
    missing = [item for item in all_progress() if item.language == "de"]
    assert len(missing) == len(all_progress()) / 2
    assert {item.state for item in missing} == {State.MISSING}
    assert all(item.to_do == item.sentences for item in missing)
    moments = [item.since for item in missing]
    assert None not in moments
    assert moments == sorted(moments, key=lambda moment: moment.timestamp() if moment else 0)


def test_sentence_without_words_makes_a_translation_stale(db: None) -> None:
    term = ActivityType.objects.filter(locale__language_code="it").order_by("pk")[0]
    words = StringTranslation.objects.filter(
        locale__language_code="en", context__object_id=term.translation_key
    )
    words.delete()
    (item,) = [item for item in of(ActivityType) if item.source == term.pk]
    assert (item.state, item.to_do) == (State.STALE, item.sentences)
    assert item.since == term.last_published_at
    row = next(row for row in summary(all_progress()) if row["kind_code"] == "centres.activitytype")
    assert (row["stale"], row["published"]) == (1, row["total"] - 1)


def test_unpublished_translation_is_a_draft_and_unpublished_source_is_none(db: None) -> None:
    page = CentrePage.objects.filter(locale__language_code="en").live()[0]
    page.unpublish()
    (item,) = [item for item in of(CentrePage) if item.state is not State.PUBLISHED]
    assert (item.state, item.title) == (State.DRAFT, page.title)
    before = len(of(CentrePage))
    CentrePage.objects.get(
        translation_key=page.translation_key, locale__language_code="it"
    ).unpublish()
    assert len(of(CentrePage)) == before - 1


def test_page_lists_what_is_to_do_and_links_to_it(report: Any) -> None:
    Locale.objects.create(language_code="fr")
    page = BeautifulSoup(report(language="fr", kind="centres.centrepage").content, "html.parser")
    table = page.find("table", attrs={"aria-labelledby": "list"})
    assert table is not None
    links = [str(link["href"]) for link in table.find_all("a")]
    sources = CentrePage.objects.live().filter(locale__language_code="it")
    assert sorted(links) == sorted(
        reverse("wagtail_localize:submit_page_translation", args=[source.pk]) for source in sources
    )


def test_page_says_that_nothing_is_to_do(report: Any) -> None:
    page = BeautifulSoup(report().content, "html.parser")
    assert page.find("table", attrs={"aria-labelledby": "list"}) is None
    assert page.find("table", attrs={"aria-labelledby": "summary"}) is not None


@pytest.mark.parametrize("query", [{"state": "none"}, {"language": "xx"}, {"kind": "'; --"}])
def test_unknown_choice_is_told_at_its_field(report: Any, query: dict[str, str]) -> None:
    response = report(**query)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert len(page.find_all(class_="error-message")) == 1


def test_table_for_a_spreadsheet_holds_the_same(report: Any) -> None:
    Locale.objects.create(language_code="fr")
    response = report(language="fr", export="xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    heading, *rows = book.active.iter_rows(values_only=True)
    assert len(heading) == 7
    listed = [item for item in all_progress() if item.language == "fr"]
    assert len(rows) == len(listed)
    assert all(row[0] for row in rows)


def test_queries_are_few_whatever_the_number_of_languages(report: Any) -> None:
    for code in LANGUAGES:
        Locale.objects.create(language_code=code)
    report()
    with CaptureQueriesContext(connection) as queries:
        assert report().status_code == 200
    assert len(queries) == 15


@pytest.mark.parametrize(
    ("group", "status"),
    [
        (roles.translators("en"), 200),
        (roles.PUBLISHERS, 200),
        (roles.OFFICERS, 302),
    ],
)
def test_report_is_read_by_those_who_translate(db: None, group: str, status: int) -> None:
    roles.set_up_roles()
    user = get_user_model().objects.create_user("somebody", password="unused")
    user.groups.add(Group.objects.get(name=group))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    response = client.get(reverse("family_localisation:progress"))
    assert response.status_code == status
