"""From the path of a page to its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from centres.models import CentrePage
from cms.delivery.drain import drain_all
from home.models import HomePage, StandardPage
from tests.reading import Reader

SARONNO = "/it/centri-per-le-famiglie/saronno/"


def resolved(reader: Reader, path: str) -> dict[str, object]:
    answer: dict[str, object] = reader.json(f"/api/v1/paths?path={quote(path, safe='')}")
    return answer


def status(reader: Reader, path: str) -> int:
    response = reader.get(f"/api/v1/paths?path={quote(path, safe='')}")
    if response.status_code != 200:
        assert response["Content-Type"] == "application/problem+json"
    return int(response.status_code)


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("resource", ["centres", "programmes", "pages"])
def test_every_page_is_found_by_its_path_and_by_its_address(
    reader: Reader, locale: str, resource: str
) -> None:
    items = reader.items(resource, locale)
    assert items
    for item in items:
        address = item["html_url"]
        path = "/" + address.split("/", 3)[3]
        assert resolved(reader, path) == resolved(reader, address) == item


def test_page_costs_one_query(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = f"/api/v1/paths?path={SARONNO}"
    with django_assert_num_queries(1):
        response = reader.get(url, accept_language="en")
    assert response["Content-Language"] == "it"
    assert "Accept-Language" not in response["Vary"]
    with django_assert_num_queries(1) as queries:
        held = reader.get(url, if_none_match=response["ETag"])
    assert (held.status_code, held.content) == (304, b"")
    assert '"document"' not in queries.captured_queries[0]["sql"]


@pytest.mark.parametrize(
    "written",
    [
        SARONNO.rstrip("/"),
        f"{SARONNO}?utm_source=x",
        f"{SARONNO}#a-1",
        f" {SARONNO} ",
        "/it/centri%2Dper-le-famiglie/saronno/",
        "http://{host}" + SARONNO,
        "HTTP://{host}" + SARONNO + "?x=1#y",
    ],
)
def test_ways_of_writing_make_no_difference(reader: Reader, written: str) -> None:
    site = Site.objects.get(is_default_site=True)
    host = f"{site.hostname}:{site.port}"
    assert resolved(reader, written.format(host=host))["url"] == resolved(reader, SARONNO)["url"]


def test_letters_beyond_ascii_are_found_escaped_or_not(reader: Reader) -> None:
    home = HomePage.objects.get(locale__language_code="it")
    page = StandardPage(title="Perché", slug="perché", locale=home.locale)
    home.add_child(instance=page)
    drain_all()
    for path in ("/it/perché/", "/it/perch%C3%A9/", "/it/perch%c3%a9"):
        assert resolved(reader, path)["id"] == str(page.translation_key)


@pytest.mark.parametrize(
    "path",
    [
        "/it/nothing/",
        "/it/centri-per-le-famiglie/saronno/x/",
        "https://other.example/it/centri-per-le-famiglie/saronno/",
        "//other.example/it/centri-per-le-famiglie/saronno/",
        "http://user@other.example/it/",
        "/it/%FF%FE/",
        "/it/../it/",
        "/admin/",
        "/api/v1/centres",
        "/",
    ],
)
def test_what_is_not_there_is_a_404(reader: Reader, path: str) -> None:
    assert status(reader, path) == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?path=",
        "?path=it/",
        "?path=ftp://127.0.0.1/it/",
        "?path=javascript:alert(1)",
        "?path=http://[/it/",
        "?path=http://x:99999999/it/",
        "?path=/it/%2500",
        "?path=/it/%00",
        "?path=/a&path=/b",
        f"?path=/{'a' * 2000}",
    ],
)
def test_what_is_no_path_is_a_400_that_names_it(reader: Reader, query: str) -> None:
    response = reader.get(f"/api/v1/paths{query}")
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["path"]


def test_fallback_of_another_language_has_no_path(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="en")
    page.unpublish()
    drain_all()
    fallback = reader.json(f"/api/v1/centres/{page.translation_key}?locale=en")
    assert fallback["is_fallback"] is True
    assert status(reader, "/en/family-centres/saronno/") == 404
    found = resolved(reader, SARONNO)
    assert (found["locale"], found["is_fallback"]) == ("it", False)


def test_what_is_not_public_is_a_404(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    drain_all()
    assert status(reader, SARONNO) == 404
    PageViewRestriction.objects.all().delete()
    drain_all()
    assert status(reader, SARONNO) == 200


def test_old_slug_leads_to_the_new(
    reader: Reader,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    page.slug = "saronno-nuovo"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    drain_all()
    with django_assert_num_queries(4):
        found = resolved(reader, SARONNO)
    new = reader.json(f"/api/v1/centres/{page.translation_key}")["html_url"]
    assert new.endswith("/saronno-nuovo/")
    assert found == {"type": "redirect", "location": new, "permanent": True}
    url = f"/api/v1/paths?path={SARONNO}"
    assert reader.get(url, if_none_match=reader.get(url)["ETag"]).status_code == 304
    page.unpublish()
    drain_all()
    assert status(reader, SARONNO) == 404
    assert "saronno-nuovo" not in reader.get(url).content.decode()


def test_redirects_of_editors_are_data(reader: Reader) -> None:
    site = Site.objects.get(is_default_site=True)
    Redirect.add_redirect("/vecchio", "https://example.org/nuovo", is_permanent=False)
    Redirect.add_redirect("/dentro", "/it/altro/", site=site)
    assert resolved(reader, "/vecchio/?x=1") == {
        "type": "redirect",
        "location": "https://example.org/nuovo",
        "permanent": False,
    }
    inside = resolved(reader, "/dentro")
    assert inside["location"] == f"{site.root_url}/it/altro/"
    assert status(reader, "https://other.example/vecchio/") == 404


def test_the_document_describes_both_answers_by_type(reader: Reader) -> None:
    document = reader.json("/api/v1/openapi.json")
    operation = document["paths"]["/paths"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    kinds = schema["discriminator"]["mapping"]
    assert {"centres", "programmes", "pages", "redirect"} == set(kinds)
