"""The API as a portal meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from cms.delivery.models import Entry, Feed
from cms.http.openapi.document import published
from cms.http.openapi.publisher import current_publisher
from cms.http.openapi.serving import own_contract
from cms.models import AgencySettings
from tests.reading import RESOURCES, Reader


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("limit", [1, 100])
def test_list_costs_two_queries_whatever_its_length(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, resource: str, limit: int
) -> None:
    with django_assert_num_queries(2):
        answer = reader.json(f"/api/v1/{resource}?limit={limit}&view=full")
    assert answer["items"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_item_costs_one_query_and_equals_the_list(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, resource: str
) -> None:
    (item, *_others) = reader.items(resource, "en")
    with django_assert_num_queries(1):
        answer = reader.json(f"/api/v1/{resource}/{item['id']}?locale=en")
    assert answer == item
    assert answer["url"].endswith(f"/api/v1/{resource}/{item['id']}")


def test_not_modified_loads_no_document(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    (item, *_others) = reader.items("centres")
    for path in ("/api/v1/centres", f"/api/v1/centres/{item['id']}"):
        etag = reader.get(path)["ETag"]
        with django_assert_num_queries(1) as queries:
            response = reader.get(path, if_none_match=etag)
        assert response.status_code == 304
        assert response.content == b""
        assert response["ETag"] == etag
        assert '"document"' not in queries.captured_queries[0]["sql"]


def test_item_says_when_it_last_changed(reader: Reader) -> None:
    (item, *_others) = reader.items("centres")
    path = f"/api/v1/centres/{item['id']}"
    moment = timezone.now() - timedelta(minutes=2)
    Entry.objects.filter(public_id=item["id"]).update(modified=moment)
    first = reader.get(path)
    changed = parsedate_to_datetime(first["Last-Modified"])
    assert changed == moment.replace(microsecond=0)
    again = reader.get(path, if_none_match=first["ETag"])
    assert again["Last-Modified"] == first["Last-Modified"]


def test_pages_of_a_list_hold_each_item_once(reader: Reader) -> None:
    whole = [item["id"] for item in reader.json("/api/v1/places?limit=100")["items"]]
    paged = [item["id"] for item in reader.items("places")]
    assert paged == whole
    assert len(set(whole)) == 23


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/api/v1/centres?colour=red", 400, "colour"),
        ("/api/v1/centres?limit=0", 400, "limit"),
        ("/api/v1/centres?limit=101", 400, "limit"),
        ("/api/v1/centres?limit=-1", 400, "limit"),
        ("/api/v1/centres?limit=nan", 400, "limit"),
        ("/api/v1/centres?limit=%D9%A3", 400, "limit"),
        ("/api/v1/centres?limit=5&limit=6", 400, "limit"),
        ("/api/v1/centres?locale=xx", 400, "locale"),
        ("/api/v1/centres?view=all", 400, "view"),
        ("/api/v1/centres?cursor=%00", 400, "cursor"),
        ("/api/v1/centres?cursor=AAAA", 400, "cursor"),
        ("/api/v1/changes?cursor=nonsense", 400, "cursor"),
        ("/api/v1/changes?resource=users", 400, "resource"),
        ("/api/v1/nothing", 404, None),
        ("/api/v1/centres/", 404, None),
        ("/api/v1/centres/not-an-id", 404, None),
        ("/api/v1/centres/00000000-0000-0000-0000-000000000000", 404, None),
        ("/api/nothing", 404, None),
    ],
)
def test_errors_are_problem_documents(
    reader: Reader, path: str, status: int, field: str | None
) -> None:
    response = reader.get(path)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    problem = response.json()
    assert problem["status"] == status
    assert problem["instance"] == path.partition("?")[0]
    assert [error["field"] for error in problem.get("errors", [])] == ([field] if field else [])


def test_other_methods(reader: Reader) -> None:
    response = reader.client.post("/api/v1/centres", {})
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]
    head = reader.client.head("/api/v1/centres")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(reader.get("/api/v1/centres").content)
    preflight = reader.client.options("/api/v1/centres")
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Origin"] == "*"


def test_language_is_chosen_and_told(reader: Reader) -> None:
    response = reader.get("/api/v1/activity-types", accept_language="fr, en;q=0.8")
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]
    explicit = reader.get("/api/v1/activity-types?locale=it", accept_language="en")
    assert explicit["Content-Language"] == "it"
    assert "Accept-Language" not in explicit.get("Vary", "")
    default = reader.get("/api/v1/activity-types", accept_language="zz")
    assert default["Content-Language"] == "it"


def test_status_says_that_it_is_a_demonstration(reader: Reader) -> None:
    response = reader.get("/api/v1/status")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["demo"] is True
    assert response.json()["head"] == Feed.objects.get().head


def test_nothing_is_null_in_any_document(reader: Reader) -> None:
    for resource in RESOURCES:
        for item in reader.items(resource):
            assert "null" not in json.dumps(item).replace('"null"', "")


def test_openapi_document_costs_no_query_and_is_conditional(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = reader.get("/api/v1/openapi.json")
    assert first["Cache-Control"] == "public, max-age=300"
    with django_assert_num_queries(0):
        again = reader.get("/api/v1/openapi.json")
        kept = reader.get("/api/v1/openapi.json", if_none_match=first["ETag"])
    assert again.content == first.content
    assert (kept.status_code, kept.content) == (304, b"")
    assert reader.client.post("/api/v1/openapi.json").status_code == 405


def test_openapi_document_names_the_agency(reader: Reader) -> None:
    agency = AgencySettings.for_site(Site.objects.get(is_default_site=True))
    agency.email, agency.licence_url = "open-data@example.org", "https://example.org/licence"
    agency.save()
    document = published(own_contract(), current_publisher())
    assert document["info"]["contact"]["email"] == "open-data@example.org"
    assert document["info"]["license"]["url"] == "https://example.org/licence"
    (server,) = document["servers"]
    assert reader.json("/api/v1/centres")["items"][0]["url"].startswith(f"{server['url']}/centres/")
    terms = urlsplit(document["info"]["termsOfService"]).path
    assert reader.get(terms).status_code == 200


@pytest.mark.parametrize("resource", RESOURCES)
def test_documents_are_as_the_openapi_document_describes_them(
    reader: Reader, resource: str
) -> None:
    document = reader.json("/api/v1/openapi.json")
    operation = document["paths"][f"/{resource}/{{id}}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    parts = document["components"]["schemas"]
    items = reader.items(resource)
    assert items
    assert [fault for item in items for fault in _faults(item, schema, parts, resource)] == []
    assert list(_faults({**items[0], "surprise": 1}, schema, parts, resource)) == [
        f"{resource}: surprise"
    ]


def _faults(value: Any, schema: dict[str, Any], parts: dict[str, Any], path: str) -> Iterator[str]:
    """Yield where *value* has keys that *schema* lacks, or lacks those it requires."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rsplit("/", 1)[1]]
    if "discriminator" in schema:
        chosen = schema["discriminator"]["mapping"][value["type"]]
        schema = parts[chosen.rsplit("/", 1)[1]]
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, schema["items"], parts, f"{path}.{index}")
    elif isinstance(value, dict):
        known = schema["properties"]
        odd = (value.keys() - known.keys()) | (set(schema.get("required", ())) - value.keys())
        yield from (f"{path}: {key}" for key in sorted(odd))
        for key in value.keys() & known.keys():
            yield from _faults(value[key], known[key], parts, f"{path}.{key}")


def test_openapi_document_tells_the_media_types(reader: Reader) -> None:
    document = reader.json("/api/v1/openapi.json")
    told = {
        operation["operationId"]: list(operation["responses"]["200"]["content"])
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    assert told["export_centres_geojson"] == ["application/geo+json"]
    assert told["export_centres_csv"] == ["text/csv"]
    assert told["export_centres_ndjson"] == ["application/x-ndjson"]
    assert told["export_centre_jsonld"] == ["application/ld+json"]
    assert told["export_activities_ics"] == told["export_centre_ics"] == ["text/calendar"]
    assert told["list_comuni"] == ["application/json"]
    assert "x-media-type" not in str(document)
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            assert operation["tags"]


def test_documentation_is_served_by_us(reader: Reader) -> None:
    response = reader.get("/api/v1/docs")
    assert response.status_code == 200
    assert b"//cdn" not in response.content
    assert b"https://" not in response.content
