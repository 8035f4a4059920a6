"""Whatever a client writes: a problem that names it or an answer, never a 500, never slowly."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.http.asking import PROPERTY, Watch, ask, check
from tests.reading import RESOURCES, Reader

LIST = "/api/v1/centres"
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
    shared = document["components"]["parameters"]
    found = {}
    for path, operations in document["paths"].items():
        stated = [
            shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
            for item in operations["get"].get("parameters", [])
        ]
        place = path.replace("{id}", str(uuid.UUID(int=0))).replace("{istat_code}", "012133")
        found[f"/api/v1{place}"] = [item["name"] for item in stated if item["in"] == "query"]
    return found


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
        if (name, value) in {("fallback", "true"), ("modified_since", "9999-12-31T23:59:59Z")}:
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
