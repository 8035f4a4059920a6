"""gzip: who gets it, and what it changes in headers, tags and streams."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

from cms.http import middleware
from cms.http.compression import accepts_gzip
from tests.http import odd_urls
from tests.reading import Reader

PATH = "/api/v1/centres?view=full&limit=100"


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    monkeypatch.setattr(middleware, "URLCONF", "tests.http.odd_urls")
    odd_urls.read.clear()
    odd_urls.closed.clear()
    return Client()


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("*", True),
        ("*;q=0", False),
        ("*, gzip;q=0", False),
        ("gzip;q=0.5, identity", False),
        ("gzip;q=0.5, identity;q=0.1", True),
        ("deflate, br", False),
        ("notgzip", False),
        ("gzip;q=nonsense", False),
        ("gzip;q=nan", False),
        ("gzip;q=7", False),
        ("identity;q=0", False),
        (",,;;q=,gzip", True),
    ],
)
def test_accept_encoding(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_same_document_with_and_without(reader: Reader) -> None:
    plain = reader.get(PATH)
    packed = reader.get(PATH, accept_encoding="gzip, br")
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 3 < len(plain.content)
    assert int(packed["Content-Length"]) == len(packed.content)
    for response in (plain, packed):
        assert "Accept-Encoding" in response["Vary"]


def test_tag_of_compressed_bytes_is_weak_and_still_gives_304(reader: Reader) -> None:
    (item, *_others) = reader.items("centres")
    for path in (PATH, f"/api/v1/centres/{item['id']}", "/api/v1/openapi.json"):
        plain, packed = reader.get(path), reader.get(path, accept_encoding="gzip")
        assert packed["ETag"] == f"W/{plain['ETag']}"
        for held in (plain["ETag"], packed["ETag"]):
            for encoding in ("gzip", "identity"):
                answer = reader.get(path, if_none_match=held, accept_encoding=encoding)
                assert (answer.status_code, answer.content) == (304, b"")
                assert answer["ETag"] == held
                assert "Accept-Encoding" in answer["Vary"]
                assert "Content-Encoding" not in answer


def test_head_has_the_headers_of_get(reader: Reader) -> None:
    for encoding in ("gzip", "identity"):
        get = reader.get(PATH, accept_encoding=encoding)
        head = reader.client.head(PATH, headers={"accept-encoding": encoding})
        assert head.content == b""
        assert dict(head.items()) == dict(get.items())
        assert int(head["Content-Length"]) == len(get.content)


def test_small_bodies_stay_as_they_are(odd: Client) -> None:
    response = odd.get("/api/v1/small", headers={"accept-encoding": "gzip"})
    assert response.content == b"{}"
    assert "Content-Encoding" not in response


def test_stream_is_compressed_while_it_is_read(odd: Client) -> None:
    response: Any = odd.get("/api/v1/stream", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert "Content-Length" not in response
    assert response["ETag"] == 'W/"stream"'
    chunks = iter(response.streaming_content)
    first = next(chunks)
    assert first
    assert len(odd_urls.read) < odd_urls.ROWS / 2, "it was read into memory"
    text = gzip.decompress(first + b"".join(chunks))
    assert text.count(b"\n") == odd_urls.ROWS


def test_stream_passes_as_it_is(odd: Client) -> None:
    response: Any = odd.get("/api/v1/stream")
    assert "Content-Encoding" not in response
    next(iter(response.streaming_content))
    assert len(odd_urls.read) == 1
    response.close()
    assert odd_urls.closed == ["stream"]


def test_head_of_a_stream_reads_nothing(odd: Client) -> None:
    response: Any = odd.head("/api/v1/stream", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-ndjson"
    assert response["Content-Encoding"] == "gzip"
    assert b"".join(response.streaming_content) == b""
    assert odd_urls.read == []
