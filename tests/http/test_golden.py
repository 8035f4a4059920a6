"""Answers kept as files: a table of requests, each with its status, its queries and its content.

``pytest tests/http/test_golden.py --renew-golden`` writes the files anew; look at what changed.

What differs between databases is named in order of appearance within an answer: UUIDs
(``uuid-1``), numbers of the feed (``sequence-1``), times of changes (``time``), cursors
(``cursor``), and the site's address (``https://site``). Items of the feed stand in the order of
resource, locale and title: their order of commit is another test's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from cms.delivery.drain import drain_all
from tests.reading import RESOURCES, Reader

FOLDER = Path(__file__).parent / "golden"


def lose_english_legal_notes() -> None:
    """Leave the legal notes without a translation, so that English falls back."""
    Page.objects.get(slug="legal-notes").unpublish()
    drain_all()


@dataclass(frozen=True)
class Row:
    """A request. ``{first}`` in *path* is the id of the first object of the resource there."""

    name: str
    path: str
    status: int = 200
    queries: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] | None = None


def _resource_rows(resource: str) -> list[Row]:
    return [
        Row(f"{resource}.list.it", f"/{resource}?limit=3&locale=it", queries=2),
        Row(f"{resource}.full.en", f"/{resource}?limit=2&view=full&locale=en", queries=2),
        Row(f"{resource}.item.it", f"/{resource}/{{first}}?locale=it", queries=1),
        Row(f"{resource}.item.en", f"/{resource}/{{first}}?locale=en", queries=1),
    ]


NOBODY = "00000000-0000-0000-0000-000000000000"
FUNDING = "/changes?resource=funding-sources&limit=100"
ROWS = [
    *(row for resource in RESOURCES for row in _resource_rows(resource)),
    Row("centres.comune", "/centres?comune=012119&locale=it", queries=2),
    Row("centres.since", "/centres?limit=2&modified_since=2000-01-01T00:00:00Z", queries=2),
    Row("changes.all", FUNDING, queries=2),
    Row("changes.en", f"{FUNDING}&locale=en", queries=2),
    Row("changes.pages", "/changes?resource=pages&locale=en&fallback=false&limit=100", queries=2),
    Row("negotiated", "/service-forms?limit=1", 200, 2, {"accept_language": "fr, en;q=0.8"}),
    Row(
        "fallback.list",
        "/pages?locale=en&limit=100",
        queries=2,
        prepare=lose_english_legal_notes,
    ),
    Row(
        "fallback.left-out",
        "/pages?locale=en&limit=100&fallback=false",
        queries=2,
        prepare=lose_english_legal_notes,
    ),
    Row("status", "/status", queries=1),
    Row("error.unknown-parameter", "/centres?colour=red", 400),
    Row("error.two-parameters", "/centres?colour=red&limit=1&limit=2", 400),
    Row("error.limit", "/centres?limit=0", 400),
    Row("error.locale", "/centres?locale=xx", 400),
    Row("error.view", "/centres?view=all", 400),
    Row("error.cursor", "/centres?cursor=AAAA", 400),
    Row("error.feed-cursor", "/changes?cursor=AAAA", 400, 1),
    Row("error.no-object", f"/centres/{NOBODY}", 404, 1),
    Row("error.no-path", "/nothing", 404),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_answer_is_the_one_that_is_kept(
    reader: Reader,
    django_assert_num_queries: DjangoAssertNumQueries,
    request: pytest.FixtureRequest,
    row: Row,
) -> None:
    if row.prepare is not None:
        row.prepare()
    path = row.path
    if "{first}" in path:
        resource = path.split("/")[1]
        path = path.replace("{first}", reader.json(f"/api/v1/{resource}?limit=1")["items"][0]["id"])
    with django_assert_num_queries(row.queries):
        response = reader.get(f"/api/v1{path}", **row.headers)
    assert response.status_code == row.status
    kept = {
        "path": row.path,
        "content_type": response["Content-Type"],
        "language": response.get("Content-Language", ""),
        "body": normalised(response.json()),
    }
    file = FOLDER / f"{row.name}.json"
    if request.config.getoption("renew_golden"):
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert file.exists(), "Renew: pytest tests/http/test_golden.py --renew-golden"
    assert kept == json.loads(file.read_text(encoding="utf-8"))


def test_every_file_belongs_to_a_row() -> None:
    names = {row.name for row in ROWS}
    assert len(names) == len(ROWS)
    assert {file.stem for file in FOLDER.glob("*.json")} == names


UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def normalised(body: dict[str, Any]) -> dict[str, Any]:
    """Return *body* with what differs between databases named as the module says."""
    if "at_end" in body:
        body = {**body, "items": sorted(body["items"], key=_place)}
    text = json.dumps(body, ensure_ascii=False)
    text = re.sub(r"https?://127\.0\.0\.1(:\d+)?|https?://localhost(:\d+)?", "https://site", text)
    text = re.sub(r"cursor=[A-Za-z0-9_=-]+", "cursor=cursor", text)
    text = re.sub(r'"modified": "[^"]+"', '"modified": "time"', text)
    text = _named(text, UUID, "uuid-{}")
    text = _named(text, re.compile(r'(?<="(?:head)": )\d+'), '"head-{}"')
    text = _named(text, re.compile(r'(?<="sequence": )\d+'), '"sequence-{}"')
    found: dict[str, Any] = json.loads(text)
    return found


def _place(change: dict[str, Any]) -> tuple[str, str, str]:
    return change["resource"], change["locale"], change.get("document", {}).get("title", "")


def _named(text: str, pattern: re.Pattern[str], name: str) -> str:
    names: dict[str, str] = {}
    return pattern.sub(lambda found: names.setdefault(found[0], name.format(len(names) + 1)), text)


def test_names_follow_the_order_of_appearance() -> None:
    one, two = NOBODY, NOBODY.replace("0", "1")
    body = {"id": one, "other": two, "again": one, "sequence": 7, "items": [{"sequence": 3}]}
    assert normalised(body) == {
        "id": "uuid-1",
        "other": "uuid-2",
        "again": "uuid-1",
        "sequence": "sequence-1",
        "items": [{"sequence": "sequence-2"}],
    }
