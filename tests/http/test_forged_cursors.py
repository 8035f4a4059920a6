"""Cursors that anybody can make: their checksum is no secret, so that they may hold anything."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.models import Feed
from cms.http import cursors
from tests.http.asking import PROPERTY, ask
from tests.reading import Reader

LIST = "/api/v1/centres"


def _forge(raw: bytes) -> str:
    checksum = hashlib.sha256(raw).digest()[: cursors.LENGTH]
    return base64.urlsafe_b64encode(checksum + raw).decode().rstrip("=")


FORGED: list[Any] = [
    [],
    {},
    None,
    1,
    "text",
    [None],
    ["title"],
    ["title", 5, 6],
    ["title", "a", 5],
    ["title", "a\x00", str(uuid.UUID(int=0))],
    ["title", {"a": 1}, str(uuid.UUID(int=0))],
    ["title", ["a"], [str(uuid.UUID(int=0))]],
    ["title", "\ud800", str(uuid.UUID(int=0))],
    ["title", "a", "not-an-id"],
    ["title", "a", "\ud800"],
    ["title", "a", str(uuid.UUID(int=0)), "more"],
    ["modified", "5"],
    ["modified", 5.5],
    ["modified", True],
    ["modified", -1],
    ["modified", 2**70],
    ["modified", 10**400],
    ["modified", float("nan")],
    ["modified", float("inf")],
    ["-modified", None],
    ["distance", float("nan"), "a", str(uuid.UUID(int=0))],
    [["title"], "a", str(uuid.UUID(int=0))],
]


@pytest.mark.parametrize("sort", ["title", "modified", "-modified"])
def test_forged_cursors_of_lists(reader: Reader, sort: str) -> None:
    for content in FORGED:
        cursor = _forge(json.dumps(content).encode())
        response = ask(reader, f"{LIST}?sort={sort}&cursor={cursor}")
        assert response.status_code == 400, content
        assert [error["field"] for error in response.json()["errors"]] == ["cursor"]
    for raw in (b"[" * 700, b"\xff\xfe", b"[1", b"", b'["title","a"' + b" " * 500):
        assert ask(reader, f"{LIST}?cursor={_forge(raw)}").status_code == 400


def test_forged_cursors_of_the_feed(reader: Reader) -> None:
    feed = Feed.objects.get()
    sound: list[Any] = [str(feed.feed_id), 1, feed.head, "", "", "true"]
    assert ask(reader, f"/api/v1/changes?cursor={_cursor(sound)}").status_code == 200
    strange = (None, 5, 5.5, -1, True, [], {}, "\x00", "\ud800", "x", 2**53, 10**400, float("nan"))
    for position in range(len(sound)):
        for value in strange:
            content = [*sound[:position], value, *sound[position + 1 :]]
            response = ask(reader, f"/api/v1/changes?cursor={_cursor(content)}")
            harmless = position in (1, 2) and value == 5 and type(value) is int
            # Of a resource or a locale that there is not, there are no changes.
            harmless |= position in (3, 4) and value == "x"
            assert harmless or response.status_code in (400, 410), content
    for start_and_sequence in ((1, feed.head + 1), (feed.head + 1, 1)):
        content = [sound[0], *start_and_sequence, *sound[3:]]
        refused = ask(reader, f"/api/v1/changes?cursor={_cursor(content)}")
        assert refused.status_code == 410
        assert [error["field"] for error in refused.json()["errors"]] == ["cursor"]
    foreign = [str(uuid.uuid4()), *sound[1:]]
    assert ask(reader, f"/api/v1/changes?cursor={_cursor(foreign)}").status_code == 410
    for content in FORGED:
        assert ask(reader, f"/api/v1/changes?cursor={_cursor(content)}").status_code == 400


def _cursor(content: Any) -> str:
    return _forge(json.dumps(content).encode())


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@PROPERTY
@given(name=st.sampled_from(["title", "modified", "-modified", "distance"]), rest=JSON_VALUES)
def test_any_cursor_with_a_right_checksum(reader: Reader, name: str, rest: Any) -> None:
    content = [name, *(rest if isinstance(rest, list) else [rest])]
    for path in (f"{LIST}?sort=title", f"{LIST}?sort=modified", "/api/v1/changes?"):
        ask(reader, f"{path}&cursor={_cursor(content)}")
