"""Answers that a reader holds already: 304, before any document is loaded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.http import http_date, parse_http_date
from pytest_django import DjangoAssertNumQueries

from centres.models import CentrePage
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry
from tests.reading import RESOURCES, Reader

LIST = "/api/v1/centres"
PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=300"


@pytest.fixture
def settled(db: None) -> None:
    """Everything has changed an hour ago, and later entries a second after earlier ones."""
    start = timezone.now() - timedelta(hours=1)
    for entry in Entry.objects.exclude(sequence=None):
        moment = start + timedelta(seconds=entry.sequence or 0)
        Entry.objects.filter(pk=entry.pk).update(modified=moment)


def _paths(reader: Reader) -> list[str]:
    return [
        path
        for resource in RESOURCES
        for path in (
            f"/api/v1/{resource}",
            f"/api/v1/{resource}/{reader.items(resource)[0]['id']}",
        )
    ]


def test_last_modified_is_when_the_entry_changed(reader: Reader, settled: None) -> None:
    (item, *_others) = reader.items("centres")
    entry = Entry.objects.get(resource="centres", public_id=item["id"], locale="it")
    assert entry.modified
    shown = reader.get(f"{LIST}/{item['id']}?locale=it")["Last-Modified"]
    assert parse_http_date(shown) == int(entry.modified.timestamp())
    newest = Entry.objects.filter(resource="centres", locale="it").order_by("-sequence")[0]
    assert newest.modified
    of_list = reader.get(f"{LIST}?locale=it")["Last-Modified"]
    assert parse_http_date(of_list) == int(newest.modified.timestamp())


def test_not_modified_since(
    reader: Reader, settled: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in _paths(reader):
        answer = reader.get(path)
        changed = parse_http_date(answer["Last-Modified"])
        with django_assert_num_queries(1) as queries:
            same = reader.get(path, if_modified_since=http_date(changed))
        assert (same.status_code, same.content) == (304, b"")
        assert same["Last-Modified"] == answer["Last-Modified"]
        assert same["ETag"] == answer["ETag"]
        assert same["Cache-Control"] == answer["Cache-Control"] == PUBLIC
        assert '"document"' not in queries.captured_queries[0]["sql"]
        assert reader.get(path, if_modified_since=http_date(changed + 9)).status_code == 304
        assert reader.get(path, if_modified_since=http_date(changed - 1)).status_code == 200


def test_time_is_told_once_no_other_change_can_fall_into_it(reader: Reader) -> None:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    centre.summary = "New words"
    centre.save_revision().publish()
    drain_all()
    path = f"{LIST}/{centre.translation_key}?locale=it"
    young = reader.get(path)
    assert "New words" in young.content.decode()
    assert not young.has_header("Last-Modified")
    assert not reader.get(f"{LIST}?locale=it").has_header("Last-Modified")
    assert reader.get(path, if_modified_since=http_date()).status_code == 200
    assert reader.get(path, if_none_match=young["ETag"]).status_code == 304


def test_a_change_is_seen_by_both_conditions(reader: Reader, settled: None) -> None:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    item = f"{LIST}/{centre.translation_key}?locale=it"
    paths = (item, f"{LIST}?locale=it")
    held = {path: reader.get(path) for path in paths}
    centre.title = "Another title"
    centre.save_revision().publish()
    drain_all()
    for path, before in held.items():
        assert reader.get(path, if_none_match=before["ETag"]).status_code == 200
        since = before["Last-Modified"]
        assert reader.get(path, if_modified_since=since).status_code == 200
    centre.unpublish()
    drain_all()
    assert reader.get(item, if_none_match=held[item]["ETag"]).status_code == 404
    assert reader.get(item, if_none_match="*").status_code == 404


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"a", W/"b", {tag}', 304),
        (" {tag} ", 304),
        ("*", 304),
        ('"a", "b"', 200),
        ("", 200),
        ("nonsense", 200),
        ('{tag}"', 200),
        ("{bare}", 200),
        ('*, "a"', 200),
        ('"' + "x" * 100_000 + '"', 200),
        ('"x",' * 25_000 + "{tag}", 200),
    ],
)
def test_if_none_match(
    reader: Reader,
    settled: None,
    header: str,
    status: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tag = reader.get(LIST)["ETag"]
    text = header.format(tag=tag, bare=tag.strip('"')) if len(header) < 100 else header
    with django_assert_num_queries(1 if status == 304 else 2):
        # Where there are tags, the time does not count (RFC 9110, section 13.1.3).
        answer = reader.get(LIST, if_none_match=text, if_modified_since=http_date())
    assert answer.status_code == status


@pytest.mark.parametrize("text", ["", "yesterday", "0", "Mon, 99 Foo 2026 99:99:99 GMT", "9" * 999])
def test_a_time_that_is_none_is_no_condition(reader: Reader, settled: None, text: str) -> None:
    assert reader.get(LIST, if_modified_since=text).status_code == 200


def test_caching_rule_of_each_kind(reader: Reader) -> None:
    (item, *_others) = reader.items("centres")
    rules = {
        path: reader.get(path)["Cache-Control"]
        for path in (
            LIST,
            f"{LIST}/{item['id']}",
            "/api/v1/changes?limit=1",
            "/api/v1/status",
            "/api/v1/docs",
            "/api/v1/openapi.json",
            "/api/v1/nothing",
            f"{LIST}/00000000-0000-0000-0000-000000000000",
            f"{LIST}?limit=x",
        )
    }
    documentation = "public, max-age=300, s-maxage=3600"
    assert list(rules.values()) == [
        PUBLIC,
        PUBLIC,
        "public, max-age=0, s-maxage=5",
        "no-store",
        documentation,
        "public, max-age=300",
        "no-store",
        "no-store",
        "no-store",
    ]
    url = "/api/v1/changes"
    while not (answer := reader.get(url)).json()["at_end"]:
        url = answer.json()["next"]
    assert answer["Cache-Control"] == "no-store"


def test_documentation_is_not_sent_again(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for path in ("/api/v1/docs", "/api/v1/openapi.json"):
        answer: Any = reader.get(path)
        with django_assert_num_queries(0):
            same = reader.get(path, if_none_match=answer["ETag"])
        assert same.status_code == 304
        assert not answer.has_header("Last-Modified")


def test_an_item_costs_one_query_more_where_the_condition_fails(
    reader: Reader, settled: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    (item, *_others) = reader.items("centres")
    path = f"{LIST}/{item['id']}"
    for queries, headers in (
        (1, {}),
        (2, {"if_none_match": '"x"'}),
        (2, {"if_modified_since": http_date(0)}),
    ):
        with django_assert_num_queries(queries):
            assert reader.get(path, **headers).status_code == 200


def test_vary_names_what_was_used(reader: Reader) -> None:
    negotiated = reader.get(LIST)["Vary"]
    asked = reader.get(f"{LIST}?locale=it")["Vary"]
    assert set(negotiated.split(", ")) == {"Accept-Language", "Accept-Encoding"}
    assert asked == "Accept-Encoding"
