"""Whose pages may send something to the API; everybody's may read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.http import middleware
from cms.http.origins import comes_from_our_pages

PORTAL = "https://portal.example"
THINGS = "/api/v1/things"


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Client:
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "PORTAL_ORIGINS": [f"{PORTAL}/"]}
    monkeypatch.setattr(middleware, "URLCONF", "tests.http.odd_urls")
    return Client(HTTP_HOST="testserver")


def _post(client: Client, origin: str | None) -> Any:
    headers = {"origin": origin} if origin else {}
    return client.post(THINGS, b"{}", "application/json", headers=headers)


@pytest.mark.parametrize("origin", [None, PORTAL, PORTAL.upper(), "http://testserver"])
def test_portals_our_pages_and_programs_may_post(odd: Client, origin: str | None) -> None:
    response = _post(odd, origin)
    assert response.status_code == 201
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "origin",
    ["https://other.example", "null", "http://portal.example", f"{PORTAL}:8443", "http://[", "x"],
)
def test_pages_of_others_may_not(odd: Client, origin: str) -> None:
    response = _post(odd, origin)
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"] == "Origin"


@pytest.mark.parametrize(
    ("origin", "method", "is_open"),
    [
        (PORTAL, "POST", True),
        ("https://other.example", "POST", False),
        ("https://other.example", "GET", True),
        ("null", "PATCH", False),
    ],
)
def test_browser_is_told_before_it_posts(
    odd: Client, origin: str, method: str, is_open: bool
) -> None:
    asked = {"origin": origin, "access-control-request-method": method}
    response = odd.options(THINGS, headers=asked)
    assert response.status_code == 204
    assert ("Access-Control-Allow-Origin" in response) is is_open
    assert "Origin" in response["Vary"]


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://testserver"}, True),
        ({"origin": "https://other.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://testserver", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
    ],
)
def test_form_comes_from_our_own_pages(rf: Any, headers: dict[str, str], is_ours: bool) -> None:
    assert comes_from_our_pages(rf.post("/", headers=headers)) is is_ours
