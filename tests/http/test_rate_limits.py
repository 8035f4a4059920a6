"""How many requests one address may make, and what happens where nobody can count."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.http import rate_limits
from cms.http.client_address import client_address
from cms.http.rate_limits import Rate
from tests.processes import ROOT, environment

PATH = "/api/v1/centres?limit=1"


@pytest.fixture(autouse=True)
def _fresh_counters() -> Iterator[None]:
    rate_limits._counter.cache_clear()
    yield
    rate_limits._counter.cache_clear()


@pytest.fixture
def limited(settings: Any) -> Any:
    """A limit of five a day in this process alone: no window ends during a test of seconds."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.FAMILY_CENTRES = {"RATE_LIMIT": "5/day"}
    return settings


def _statuses(client: Client, number: int, **extra: Any) -> list[int]:
    return [client.get(PATH, **extra).status_code for _request in range(number)]


def test_every_answer_tells_what_is_left(limited: Any, db: None) -> None:
    client = Client()
    paths = [PATH, "/api/v1/nothing", "/api/v1/docs", "/api/v1/status", "/api/v1/centres?x=1"]
    answers = [client.get(path) for path in paths]
    assert [answer["X-RateLimit-Limit"] for answer in answers] == ["5"] * 5
    assert [answer["X-RateLimit-Remaining"] for answer in answers] == ["4", "3", "2", "1", "0"]
    assert all(0 < int(answer["X-RateLimit-Reset"]) <= 86400 for answer in answers)
    refused = client.get(PATH)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == refused["X-RateLimit-Reset"]
    assert refused["X-RateLimit-Remaining"] == "0"
    assert refused["Cache-Control"] == "no-store"
    assert refused["Access-Control-Allow-Origin"] == "*"
    exposed = refused["Access-Control-Expose-Headers"]
    assert {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} <= set(
        exposed.split(", ")
    )


def test_addresses_are_counted_apart(limited: Any, db: None) -> None:
    client = Client()
    assert _statuses(client, 6, REMOTE_ADDR="192.0.2.1") == [200] * 5 + [429]
    assert _statuses(client, 1, REMOTE_ADDR="192.0.2.2") == [200]


def test_counting_costs_no_query(
    limited: Any, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    with django_assert_num_queries(2):
        assert client.get(PATH).status_code == 200
    _statuses(client, 4)
    with django_assert_num_queries(0):
        assert client.get(PATH).status_code == 429


def test_written_headers_do_not_help(limited: Any, db: None) -> None:
    client = Client()
    answers = [
        client.get(PATH, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").status_code
        for number in range(6)
    ]
    assert answers == [200] * 5 + [429]


def test_behind_a_proxy_the_client_is_counted(limited: Any, db: None) -> None:
    limited.FAMILY_CENTRES = {"RATE_LIMIT": "5/day", "TRUSTED_PROXIES": 1}
    client = Client()
    answers = [
        client.get(PATH, HTTP_X_FORWARDED_FOR=f"10.9.8.{number}, 198.51.100.7").status_code
        for number in range(6)
    ]
    assert answers == [200] * 5 + [429]
    other = client.get(PATH, HTTP_X_FORWARDED_FOR="198.51.100.7, 198.51.100.8")
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        (None, 0, "192.0.2.1"),
        ("203.0.113.5", 0, "192.0.2.1"),
        ("203.0.113.5", 1, "203.0.113.5"),
        ("evil, 203.0.113.5", 1, "203.0.113.5"),
        ("evil, 203.0.113.5, 10.0.0.1", 2, "203.0.113.5"),
        ("203.0.113.5", 2, "192.0.2.1"),
        ("203.0.113.5, nonsense", 1, "192.0.2.1"),
        ("203.0.113.5:4711", 1, "203.0.113.5"),
        ("[2001:db8:1:2:3:4:5:6]:4711", 1, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", 1, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", 1, "203.0.113.5"),
        ("," * 50_000, 1, "192.0.2.1"),
    ],
)
def test_address_is_read_from_the_right(
    rf: Any, forwarded: str | None, proxies: int, address: str
) -> None:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", **headers)
    assert client_address(request, proxies) == address


def test_no_limit_no_headers(limited: Any, db: None) -> None:
    limited.FAMILY_CENTRES = {"RATE_LIMIT": None}
    answer = Client().get(PATH)
    assert answer.status_code == 200
    assert "X-RateLimit-Limit" not in answer


@pytest.mark.parametrize("text", ["5", "5/fortnight", "0/minute", "-1/minute", "x/minute"])
def test_a_rate_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        Rate.parse(text)


def test_nothing_stored_tells_the_address(limited: Any, db: None) -> None:
    Client().get(PATH, REMOTE_ADDR="192.0.2.1")
    (key,) = rate_limits._counter("", "")._counts  # type: ignore[attr-defined]
    assert "192.0.2.1" not in key
    assert len(key) == 32


def test_readers_pass_quickly_where_redis_is_away(
    settings: Any, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    settings.FAMILY_CENTRES = {"RATE_LIMIT": "2/day"}
    backend = "django.core.cache.backends.redis.RedisCache"
    # A test network (RFC 5737) answers nothing; at port 1 of this machine nobody listens.
    for location in ("redis://127.0.0.1:1/0", "redis://192.0.2.1:6379/0"):
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": location}}
        caplog.clear()
        client = Client()
        with caplog.at_level(logging.WARNING, logger="cms.http"):
            client.get("/api/v1/nothing")
            start = time.monotonic()
            assert _statuses(client, 20) == [200] * 20
            assert time.monotonic() - start < 2
        ours = [record for record in caplog.records if record.name.startswith("cms.http")]
        assert len(ours) == 1
        assert client.get(PATH)["X-RateLimit-Limit"] == "2"


COUNT_IN_THREADS = """
import sys, threading
from django.conf import settings
settings.FAMILY_CENTRES = {"RATE_LIMIT": "100/day"}
from django.test import RequestFactory
from cms.http.rate_limits import standing_of
passed = []
def ask():
    for _number in range(20):
        request = RequestFactory().get("/", REMOTE_ADDR=sys.argv[1])
        if not standing_of(request).is_refused:
            passed.append(1)
threads = [threading.Thread(target=ask) for _number in range(3)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(passed))
"""


@pytest.mark.redis
def test_exactly_so_many_pass_over_all_processes(tmp_path: Any) -> None:
    """Four processes with three threads each ask 240 times; the limit is 100."""
    import os

    env = environment("sqlite://:memory:", tmp_path)
    env["CACHE_URL"] = os.environ.get("CACHE_URL", "rediscache://127.0.0.1:6379/1")
    # An address of its own for this run: the counts of the last one still stand.
    address = f"10.{os.getpid() >> 16 & 255}.{os.getpid() >> 8 & 255}.{os.getpid() & 255}"
    address = f"{address}-{time.time_ns()}"
    setup = "import django; django.setup()\n"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", setup + COUNT_IN_THREADS, address],
            env=env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(4)
    ]
    passed = [int(process.communicate(timeout=120)[0]) for process in processes]
    assert sum(passed) == 100
    assert len([number for number in passed if number]) > 1, "one process alone proves nothing"
