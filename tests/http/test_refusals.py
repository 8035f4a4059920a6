"""Methods, bodies, addresses, hosts, failures: always a problem document, never a redirect."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client
from wagtail.models import Site

from cms.delivery.drain import drain_all
from cms.delivery.models import Entry, Feed
from cms.http import middleware
from tests.processes import environment, run_program
from tests.reading import RESOURCES, Reader

LIST = "/api/v1/centres"
PATHS = (LIST, f"{LIST}/00000000-0000-0000-0000-000000000000", "/api/v1/changes", "/api/v1/status")
DOCUMENTATION = ("/api/v1/docs", "/api/v1/openapi.json")


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(middleware, "URLCONF", "tests.http.odd_urls")
    return Client(raise_request_exception=False)


def _is_problem(response: Any, status: int) -> bool:
    assert response.status_code == status, (response.status_code, response.content[:200])
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["status"] == status
    return True


@pytest.mark.parametrize("path", [*PATHS, *DOCUMENTATION])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "X"])
def test_other_methods_are_refused(reader: Reader, path: str, method: str) -> None:
    response = reader.client.generic(method, path, b"{}", "application/json")
    assert _is_problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [*PATHS, *DOCUMENTATION])
def test_preflight_of_a_reader(reader: Reader, path: str) -> None:
    asked = {"origin": "https://portal.example", "access-control-request-method": "GET"}
    response = reader.client.options(path, headers=asked)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert set(response["Access-Control-Allow-Headers"].split(", ")) == {
        "Accept-Language",
        "Content-Type",
        "Idempotency-Key",
        "If-Modified-Since",
        "If-None-Match",
    }
    assert {"ETag", "Link", "Content-Language", "Last-Modified", "Retry-After"} <= set(
        response["Access-Control-Expose-Headers"].split(", ")
    )


def test_options_tell_what_an_address_answers(odd: Client, reader: Reader) -> None:
    assert odd.options("/api/v1/things")["Allow"] == "DELETE, POST, OPTIONS"
    assert odd.options("/api/v1/small")["Allow"] == "GET, HEAD, OPTIONS"
    assert _is_problem(odd.options("/api/v1/nothing"), 404)


def test_method_cannot_be_overridden(reader: Reader) -> None:
    overriding = {"x-http-method-override": "DELETE", "x-http-method": "DELETE"}
    assert reader.client.get(LIST, headers=overriding).status_code == 200
    assert _is_problem(reader.client.post(LIST, headers={"x-http-method-override": "GET"}), 405)
    assert _is_problem(reader.get(f"{LIST}?_method=DELETE"), 400)


def test_body_of_another_media_type(odd: Client) -> None:
    taken = odd.post("/api/v1/things", b'{"a": 1}', "application/json")
    assert (taken.status_code, taken.content) == (201, b'{"a": 1}')
    for media_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        response = odd.generic("POST", "/api/v1/things", b"a=1", media_type)
        assert _is_problem(response, 415)
        assert response["Accept"] == "application/json"
    assert _is_problem(odd.put("/api/v1/things", b"{}", "application/json"), 405)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_large_body(reader: Reader, method: str) -> None:
    body = b" " * (1024 * 1024 + 1)
    assert _is_problem(reader.client.generic(method, LIST, body, "application/json"), 413)


@pytest.mark.parametrize(
    ("length", "status"), [("-1", 400), ("x", 400), ("9" * 5000, 413), ("٣", 400)]
)
def test_length_that_is_none(reader: Reader, length: str, status: int) -> None:
    response = reader.client.generic("POST", LIST, CONTENT_LENGTH=length)
    assert _is_problem(response, status)


def test_body_without_a_length(reader: Reader) -> None:
    response = reader.client.generic(
        "POST", LIST, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked"
    )
    assert _is_problem(response, 411)


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}?cursor={'a' * 100_000}",
        f"{LIST}?{'&' * 100_000}",
        f"{LIST}?{'a=1&' * 25_000}",
        f"/api/v1/{'x' * 100_000}",
        f"/api/{'%00' * 50_000}",
    ],
)
def test_absurd_addresses_are_refused_quickly(reader: Reader, path: str) -> None:
    start = time.thread_time()
    response = reader.get(path)
    assert time.thread_time() - start < 0.5
    assert _is_problem(response, 414)
    assert len(response.json()["instance"]) <= 2000


SHAPES = [
    "/api//",
    "/api/v1",
    "/api/v1/",
    "//api/v1/centres",
    "/api//v1/centres",
    "/api/v1//centres",
    "/api/v1/centres/",
    "/api/v1/centres//",
    "/api/v1/Centres",
    "/api/v1/centres/index.html",
    "/api/v1/../v1/centres",
    "/api/v1/centres/%00",
    "/api/v1/%ff%fe",
    "/api/v1/centres%0d%0aLocation:%20x",
    "/api/v1/centres/..%2f..%2fadmin",
    "/api/v2/centres",
]


@pytest.mark.parametrize("path", SHAPES)
@pytest.mark.parametrize("over_https_only", [False, True])
def test_no_address_redirects(db: None, settings: Any, path: str, over_https_only: bool) -> None:
    settings.SECURE_SSL_REDIRECT = over_https_only
    settings.APPEND_SLASH = True
    # The client takes what follows two slashes for a host: the path goes beside it.
    response = Client().generic("GET", "/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"))
    assert _is_problem(response, 403 if over_https_only else 404)


def test_over_https_only(db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    client = Client()
    assert _is_problem(client.get(LIST), 403)
    assert client.get("/it/").status_code == 301
    answer = client.get(LIST, secure=True)
    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"] == "max-age=3600"
    assert answer["X-Content-Type-Options"] == "nosniff"
    settings.SECURE_REDIRECT_EXEMPT = [r"^api/v1/status$"]
    assert client.get("/api/v1/status").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@testserver", "a b", "", "[::1"])
@pytest.mark.parametrize("debug", [False, True])
def test_foreign_host_is_a_problem(db: None, settings: Any, host: str, debug: bool) -> None:
    settings.DEBUG = debug
    settings.ALLOWED_HOSTS = ["testserver"]
    assert _is_problem(Client().get(LIST, HTTP_HOST=host), 400)


def test_addresses_do_not_follow_the_host(reader: Reader, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for path in (f"{LIST}?limit=1", "/api/v1/changes?limit=1"):
        ours = reader.get(path)
        theirs = reader.client.get(
            path, HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example"
        )
        assert theirs.content == ours.content
        assert theirs["Link"] == ours["Link"]
        assert theirs.get("ETag") == ours.get("ETag")
        assert "evil" not in theirs.content.decode()
        item_url = ours.json()["items"][0].get("url")
        assert item_url is None or ours.json()["next"].startswith(item_url.partition("/api/")[0])


def test_addresses_follow_the_site(reader: Reader) -> None:
    before = reader.get(f"{LIST}?limit=1")
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "centri.example", 443
    site.save()
    drain_all()
    for path in (f"{LIST}?limit=1", "/api/v1/changes?limit=1"):
        assert reader.json(path)["next"].startswith("https://centri.example/api/v1/")
    assert reader.get(f"{LIST}?limit=1", if_none_match=before["ETag"]).status_code == 200


def test_feed_has_an_address_before_anything_is_built(reader: Reader) -> None:
    Feed.objects.all().delete()
    Entry.objects.all().delete()
    site = Site.objects.get(is_default_site=True)
    answer = reader.json("/api/v1/changes")
    assert answer["next"].startswith(f"{site.root_url}/api/v1/changes?cursor=")
    assert reader.json(LIST) == {"items": [], "next": None}


@pytest.mark.parametrize("debug", [False, True])
def test_failures_tell_nothing_of_their_cause(odd: Client, settings: Any, debug: bool) -> None:
    settings.DEBUG = debug
    broken = odd.get("/api/v1/broken")
    assert _is_problem(broken, 500)
    away = odd.get("/api/v1/away")
    assert _is_problem(away, 503)
    assert away["Retry-After"] == "30"
    for response in (broken, away):
        assert b"secret" not in response.content
        assert b"Error" not in response.content.replace(b"Internal Server Error", b"")


READ_WITHOUT_DATABASE = """
import json
from django.conf import settings
from django.test import Client
client = Client()
paths = {paths!r}
print(json.dumps([
    [response.status_code, response["Content-Type"], response.get("Retry-After")]
    for response in (client.get(f"/api/v1/{{path}}") for path in paths)
]))
"""


def test_every_endpoint_says_that_the_database_is_away(tmp_path: Path) -> None:
    import json

    item = "00000000-0000-0000-0000-000000000000"
    paths = [*RESOURCES, *(f"{name}/{item}" for name in RESOURCES), "changes", "status"]
    env = environment("postgres://nobody@127.0.0.1:1/nothing", tmp_path)
    done = run_program(env, READ_WITHOUT_DATABASE.format(paths=paths))
    answers = json.loads(done.stdout.splitlines()[-1])
    assert answers == [[503, "application/problem+json", "30"]] * len(paths)


def test_maintenance(reader: Reader, settings: Any, tmp_path: Path) -> None:
    switch = tmp_path / "maintenance"
    settings.FAMILY_CENTRES = {"MAINTENANCE": str(switch), "RATE_LIMIT": None}
    assert reader.get(LIST).status_code == 200
    switch.touch()
    for path in (LIST, "/api/v1/status", "/api/v1/docs", "/api/v1/nothing"):
        response = reader.get(path)
        assert _is_problem(response, 503)
        assert int(response["Retry-After"]) > 0
    assert reader.get("/it/").status_code == 200
    switch.unlink()
    assert reader.get(LIST).status_code == 200


def test_accept_is_not_negotiated(reader: Reader) -> None:
    """There is one representation at each address (RFC 9110, section 12.4.1)."""
    for accept in ("text/html", "application/json;q=0", "nonsense", "*/*;q=0"):
        assert reader.get(LIST, accept=accept)["Content-Type"] == "application/json"
