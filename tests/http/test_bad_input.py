"""Whatever a client writes: a problem that names it or an answer, never a 500, never slowly."""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.delivery.models import Feed
from cms.http import cursors
from tests.reading import RESOURCES, Reader

LIST = "/api/v1/centres"
SECONDS = 0.5
"""The longest that any answer may compute; it may wait ten times as long on a busy machine."""

PROPERTY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

VALUES = [
    "",
    " ",
    "0",
    "-1",
    "nan",
    "NaN",
    "inf",
    "1e999",
    "1.5",
    "9" * 400,
    "٣",
    "Ⅷ",
    "true",
    "null",
    "[]",
    "{}",
    "%00",
    "\x00",
    "a\x00b",
    "\ud7ff",
    "' OR 1=1 --",
    "1; DROP TABLE entry",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "9999-12-31T23:59:59Z",
    "0000-00-00T00:00:00Z",
    "2026-13-45T99:99:99Z",
    "2026-01-01",
    "+99999-01-01T00:00:00+99:99",
    "العربية",
    "中文字符",
    "\u202e\u200b",
    "🏠" * 60,
    "x" * 5000,
    "_" * 999,
    "=" * 999,
]


def parameters_by_path() -> dict[str, list[str]]:
    """Every GET operation of the API and its query parameters, as the API itself tells them."""
    document = Client().get("/api/v1/openapi.json").json()
    return {
        path.replace("{public_id}", str(uuid.UUID(int=0))): [
            parameter["name"]
            for parameter in operations["get"].get("parameters", [])
            if parameter["in"] == "query"
        ]
        for path, operations in document["paths"].items()
        if "get" in operations
    }


class Watch:
    """Measures one answer."""

    def __init__(self) -> None:
        self.computed, self.waited = time.thread_time(), time.monotonic()

    def is_in_time(self) -> bool:
        computed = time.thread_time() - self.computed
        return computed < SECONDS and time.monotonic() - self.waited < 10 * SECONDS


def check(response: Any, watch: Watch, what: object) -> Any:
    """An answer or a refusal of the client's own, and in time."""
    assert watch.is_in_time(), f"slow: {what!r}"
    assert response.status_code in (200, 304, 400, 404, 410, 414), (response.status_code, what)
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", what
        assert "<script" not in response.content.decode().replace("\\u003c", "<") or (
            response["X-Content-Type-Options"] == "nosniff"
        )
    return response


def ask(reader: Reader, path: str, **headers: str) -> Any:
    watch = Watch()
    return check(reader.get(path, **headers), watch, (path[:300], str(headers)[:300]))


def test_every_parameter_of_every_operation(reader: Reader) -> None:
    known = parameters_by_path()
    # 22 lists and items, the feed and the status at least.
    assert len(known) >= 2 * len(RESOURCES) + 2
    asked = 0
    for path, names in known.items():
        for name in names:
            for value in VALUES:
                response = ask(reader, f"{path}?{urlencode({name: value})}")
                asked += 1
                if value == "x" * 5000:
                    assert response.status_code in (400, 404)
    assert asked > 1000


@pytest.mark.parametrize("name", ["limit", "locale", "fallback", "modified_since", "sort", "view"])
def test_refusals_name_the_parameter(reader: Reader, name: str) -> None:
    for value in VALUES:
        response = ask(reader, f"{LIST}?{urlencode({name: value})}")
        if (name, value) == ("fallback", "true"):
            continue
        assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(
    "query",
    [
        "%FF%FE=%C0%AF",
        "limit=%C0%B1",
        "%00=1",
        "limit%00=1",
        "limit=5%00",
        "limit[]=5",
        "limit=1&limit=2",
        "&&&&&&",
        "=",
        "=1",
        ";limit=1",
        "limit",
        "?limit=1",
        "limit=1#fragment",
        "__proto__=1",
        "document__contains=x",
        "deleted=true",
        "resource=users",
        "&".join(f"p{number}=1" for number in range(900)),
        "&".join(["comune=012133"] * 400),
    ],
)
def test_odd_queries(reader: Reader, query: str) -> None:
    watch = Watch()
    response = reader.client.get(LIST, QUERY_STRING=query)
    check(response, watch, query[:100])


def test_more_parameters_than_django_reads(reader: Reader, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    response = ask(reader, f"{LIST}?{'a=1&' * 20}")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/%00",
        "/api/v1/centres/%00",
        "/api/v1/centres/%ff%c0%af",
        "/api/v1/%F0%9F%8F%A0",
        "/api/v1/centres/00000000-0000-0000-0000-00000000000G",
        "/api/v1/centres/00000000000000000000000000000000",
        "/api/v1/centres/{00000000-0000-0000-0000-000000000000}",
        "/api/v1/centres/1",
        "/api/v1/" + "centres/" * 900,
        "/api/v1/centres;a=b",
        "/api/v1/centres%3Flimit=1",
        "/api/v1/<script>alert(1)</script>",
    ],
)
def test_odd_paths(reader: Reader, path: str) -> None:
    watch = Watch()
    assert check(reader.client.get(path), watch, path).status_code == 404


@pytest.mark.parametrize(
    "header",
    [
        "en," * 30_000,
        ",".join(f"x{number}" for number in range(9000)),
        "xx-" * 20_000,
        "\xff\xfe\x00",
        "\x00",
        "it\x00",
        "*;q=nan",
        "en;q=99999999999",
        "en;q=-1",
        ";;;;,,,,",
        "../../../etc/passwd",
        "🏠",
        "EN-us;Q=0.9",
    ],
)
def test_absurd_accept_language(reader: Reader, header: str) -> None:
    response = ask(reader, f"{LIST}?limit=1", accept_language=header)
    assert response.status_code == 200
    assert response["Content-Language"] in ("it", "en")


def test_absurd_validators_and_encodings(reader: Reader) -> None:
    for value in ("\x00", '"' * 100_000, "W/" * 50_000, '"a",' * 25_000, "\xff" * 100_000):
        for name in ("if_none_match", "if_modified_since", "accept_encoding", "range", "accept"):
            assert ask(reader, LIST, **{name: value}).status_code == 200


# Cursors that anybody can make: the checksum is no secret.


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
        assert ask(reader, f"/api/v1/changes?cursor={_cursor(content)}").status_code == 410
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


@PROPERTY
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["limit", "cursor", "locale", "sort", "view", "comune", "fallback"])
            | st.text(max_size=20),
            st.text(max_size=300),
        ),
        max_size=8,
    )
)
def test_any_query(reader: Reader, pairs: list[tuple[str, str]]) -> None:
    query = urlencode(pairs, errors="replace")
    for path in (LIST, "/api/v1/changes", "/api/v1/pages"):
        ask(reader, f"{path}?{query}")


@PROPERTY
@given(query=st.binary(max_size=200), tail=st.binary(max_size=60))
def test_any_bytes_in_path_and_query(reader: Reader, query: bytes, tail: bytes) -> None:
    watch = Watch()
    text = query.decode("latin-1").replace("#", "%23")
    response = reader.client.get(f"{LIST}/{quote(tail)}", QUERY_STRING=text)
    check(response, watch, (tail, query))


@PROPERTY
@given(header=st.text(st.characters(max_codepoint=255), max_size=400))
def test_any_header(reader: Reader, header: str) -> None:
    for name in ("accept_language", "if_none_match", "if_modified_since", "accept_encoding"):
        assert ask(reader, f"{LIST}?limit=1", **{name: header}).status_code in (200, 304)
