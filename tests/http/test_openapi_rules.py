"""The OpenAPI document against the national guidelines (ModI) and our own rules, one by one.

Each test is named by the code of its rule; it walks the whole document as it is served.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from cms.http.openapi.breaking_changes import resolve
from cms.http.openapi.document import API_ID, operations, published
from cms.http.openapi.publisher import EXAMPLE
from tests.reading import RESOURCES

Json = dict[str, Any]
LIMITS = {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}
PROBLEM = "application/problem+json"
RELATIONS = {"next", "prev", "self", "alternate", "service-desc", "service-doc", "describedby"}
VERBS = re.compile(r"/(get|post|put|delete|patch|create|remove|list|read|update)([-/]|$)")


@pytest.fixture(scope="module")
def document(django_db_setup: None, django_db_blocker: Any) -> Json:
    with django_db_blocker.unblock():
        response = Client(HTTP_HOST="127.0.0.1").get("/api/v1/openapi.json")
    assert response.status_code == 200
    found: Json = response.json()
    assert len(list(operations(found))) >= 2 * len(RESOURCES) + 2
    return found


def schemas_in(value: Any, place: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every schema that has a type, wherever it stands, with its place."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str) and not place.endswith("/properties"):
            yield place, value
        for key, item in value.items():
            yield from schemas_in(item, f"{place}/{key}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from schemas_in(item, f"{place}/{position}")


def of_type(document: Json, *types: str) -> list[tuple[str, Json]]:
    found = [(place, schema) for place, schema in schemas_in(document) if schema["type"] in types]
    assert found, types
    return found


def responses(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            yield f"{method} {path}", status, resolve(document, response)


def parameters(document: Json) -> Iterator[tuple[str, Json]]:
    for path, _method, operation in operations(document):
        for parameter in operation.get("parameters", []):
            yield path, resolve(document, parameter)


def failing(found: list[str]) -> None:
    assert found == []


def test_rac_gen_001_openapi_3_1(document: Json) -> None:
    assert document["openapi"].startswith("3.1.")


def test_rac_gen_002_version_in_path(document: Json) -> None:
    assert document["servers"][0]["url"].endswith("/api/v1")
    assert re.fullmatch(r"1\.\d+\.\d+", document["info"]["version"])


def test_rac_gen_003_utf_8(client: Client, db: None) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response["Content-Type"] == "application/json"
    response.content.decode("utf-8")


def test_rac_gen_004_no_credentials_in_urls(document: Json) -> None:
    for path, parameter in parameters(document):
        assert parameter["in"] in ("query", "path", "header"), path
        if parameter["in"] != "header":
            assert not re.search("password|secret|apikey|token", parameter["name"], re.I)
    for scheme in document["components"].get("securitySchemes", {}).values():
        assert scheme.get("in", "header") == "header"


def test_rac_rest_format_002_lists_stand_inside_an_object(document: Json) -> None:
    for place, status, response in responses(document):
        for media_type, media in response.get("content", {}).items():
            if media_type in {"application/json", "application/problem+json"}:
                schema = resolve(document, media["schema"])
                for option in schema.get("oneOf", [schema]):
                    assert resolve(document, option)["type"] == "object", (place, status)
    for resource in RESOURCES:
        answer = document["paths"][f"/{resource}"]["get"]["responses"]["200"]
        listed = resolve(document, answer["content"]["application/json"]["schema"])
        assert set(listed["properties"]) == {"items", "next"}
        assert set(listed["required"]) == {"items", "next"}


def test_rac_rest_format_003_nothing_is_null_but_the_next_page(document: Json) -> None:
    text = json.dumps(document["components"])
    nulls = [place for place, _schema in of_type(document, "null")]
    assert len(nulls) == text.count('"null"')
    # A feature without a position has a geometry that is null (RFC 7946, section 3.2).
    allowed = re.compile(r"(List/properties/next|Feature/properties/geometry)/anyOf/1$")
    failing([place for place in nulls if not allowed.search(place)])


def test_rac_rest_format_003_enums_are_strings(document: Json) -> None:
    for place, schema in schemas_in(document):
        if "enum" in schema:
            assert schema["type"] == "string", place
            assert all(isinstance(value, str) for value in schema["enum"]), place


def test_rac_rest_format_003_times_are_rfc_3339(document: Json) -> None:
    texts = dict(of_type(document, "string"))
    times = [place for place in texts if re.search(r"/properties/modified$", place)]
    assert times
    failing([place for place in times if texts[place].get("format") != "date-time"])


@pytest.mark.parametrize(
    ("kind", "formats"),
    [("integer", {"int32", "int64"}), ("number", {"float", "double", "decimal64"})],
)
def test_rac_rest_format_004_numbers_have_format_and_bounds(
    document: Json, kind: str, formats: set[str]
) -> None:
    for place, schema in of_type(document, kind):
        assert schema.get("format") in formats, place
        assert {"minimum", "maximum"} <= set(schema), place


def test_rac_rest_format_005_links_use_iana_relations(client: Client, db: None) -> None:
    response = client.get("/api/v1/centres?limit=1")
    relations = set(re.findall(r'rel="([^"]+)"', response["Link"]))
    assert relations
    assert relations <= RELATIONS


def test_rac_rest_name_001_plural_collections(document: Json) -> None:
    collections = {path for path in document["paths"] if f"{path}/{{id}}" in document["paths"]}
    assert {f"/{resource}" for resource in RESOURCES} <= collections
    failing([path for path in collections if not path.endswith("s")])


def test_rac_rest_name_002_kebab_case_paths_without_verbs(document: Json) -> None:
    for path in document["paths"]:
        assert re.fullmatch(r"(/[a-z0-9.-]+|/\{[a-z_]+\})+", path.replace("}.", "}/.")), path
        assert not path.endswith("/")
        assert not VERBS.search(path), path


def test_rac_rest_name_003_hyphenated_pascal_headers(document: Json) -> None:
    names = set(document["components"]["headers"])
    names |= {p["name"] for _path, p in parameters(document) if p["in"] == "header"}
    failing([n for n in names if not re.fullmatch(r"[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*", n)])
    assert not names & {"Authorization", "Content-Type", "Accept"}


def test_rac_rest_name_004_snake_case_properties(document: Json) -> None:
    for name, schema in document["components"]["schemas"].items():
        # Linked data have the names of schema.org.
        if name.startswith("Linked"):
            continue
        for key in schema.get("properties", {}):
            assert re.fullmatch(r"[a-z][a-z0-9_]*", key), (name, key)
    for path, parameter in parameters(document):
        if parameter["in"] == "query":
            assert re.fullmatch(r"[a-z][a-z0-9_]*", parameter["name"]), path


def test_rac_rest_name_005_lists_take_the_recommended_parameters(document: Json) -> None:
    for resource in RESOURCES:
        listed = document["paths"][f"/{resource}"]["get"]["parameters"]
        names = {resolve(document, parameter)["name"] for parameter in listed}
        assert {"limit", "cursor", "sort", "locale"} <= names


def test_rac_rest_name_007_links_are_absolute(document: Json) -> None:
    for place, schema in of_type(document, "string"):
        if re.search(r"/properties/(\w+_)?url(/anyOf/0)?$", place):
            assert schema.get("format") == "uri", place


def test_rac_rest_name_008_errors_are_problems(document: Json) -> None:
    for place, status, response in responses(document):
        if status == "default" or status[0] in "45":
            assert set(response["content"]) == {PROBLEM}, (place, status)
            schema = resolve(document, response["content"][PROBLEM]["schema"])
            assert {"type", "title", "status", "detail", "instance"} <= set(schema["required"])
    for path, _method, operation in operations(document):
        expected = {"400", "429", "500", "503", "default"} | ({"404"} if "{" in path else set())
        assert expected <= set(operation["responses"]), path


def test_rac_rest_name_008_problems_occur_where_they_are_declared(document: Json) -> None:
    assert "410" in document["paths"]["/changes"]["get"]["responses"]


def test_rac_rest_name_009_lists_and_items_are_conditional(document: Json) -> None:
    for resource in RESOURCES:
        for path in (f"/{resource}", f"/{resource}/{{id}}"):
            answers = document["paths"][path]["get"]["responses"]
            assert "content" not in answers["304"]
            assert {"ETag", "Content-Language", "Vary"} <= set(answers["200"]["headers"])
        assert "Link" in document["paths"][f"/{resource}"]["get"]["responses"]["200"]["headers"]


def test_rac_rest_name_010_caching_is_documented(document: Json) -> None:
    for place, status, response in responses(document):
        assert "Cache-Control" in response["headers"], (place, status)
        assert "Expires" not in response["headers"]
    assert "max-age" in document["components"]["headers"]["Cache-Control"]["description"]


def test_rac_rest_name_011_status_is_a_problem_document(document: Json) -> None:
    answers = document["paths"]["/status"]["get"]["responses"]
    for status in ("200", "503"):
        content = resolve(document, answers[status])["content"]
        assert set(content) == {PROBLEM}
        schema = resolve(document, content[PROBLEM]["schema"])
        assert {"status", "title", "detail"} <= set(schema["properties"])


def test_rac_robustezza_001_rate_limits(document: Json) -> None:
    for place, status, response in responses(document):
        if status[0] in "24":
            assert set(response["headers"]) >= LIMITS, (place, status)
        if status == "429":
            assert "Retry-After" in response["headers"]


def test_rac_robustezza_002_unavailable_says_when_to_come_back(document: Json) -> None:
    found = [response for _place, status, response in responses(document) if status == "503"]
    assert found
    assert all("Retry-After" in response["headers"] for response in found)


def test_info_is_complete(document: Json) -> None:
    info = document["info"]
    expected = {"title", "version", "description", "summary", "contact", "termsOfService"}
    assert expected | {"x-summary", "x-api-id"} <= set(info)
    assert str(UUID(info["x-api-id"])) == API_ID
    assert info["contact"].get("email") or info["contact"].get("url")
    assert info["termsOfService"].startswith("http")


def test_licence_is_named_where_the_agency_has_chosen_one() -> None:
    bare: Json = {"info": {}, "paths": {}, "components": {}}
    assert published(bare, EXAMPLE)["info"]["license"]["url"] == EXAMPLE.licence
    assert "license" not in published(bare, replace(EXAMPLE, licence=""))["info"]


def test_server_is_https_unless_it_is_a_sandbox(document: Json) -> None:
    for server in document["servers"]:
        assert server["description"]
        assert server["url"].startswith("https://") or server["x-sandbox"] is True


def test_every_operation_is_described(document: Json) -> None:
    declared = {tag["name"] for tag in document["tags"]}
    identifiers = []
    for path, _method, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert set(operation["tags"]) <= declared, path
        assert operation["tags"], path
        identifiers.append(operation["operationId"])
    for path, parameter in parameters(document):
        assert parameter["description"], (path, parameter["name"])
    assert len(identifiers) == len(set(identifiers))
    methods = re.compile("get|post|put|delete|patch|head", re.I)
    failing([name for name in identifiers if methods.match(name)])
    failing([name for name in identifiers if not re.fullmatch("[a-z][a-z0-9_]*", name)])


def test_strings_are_bounded(document: Json) -> None:
    for place, schema in of_type(document, "string"):
        assert {"maxLength", "pattern", "enum"} & set(schema), place


def test_arrays_are_bounded(document: Json) -> None:
    for place, schema in of_type(document, "array"):
        assert {"minItems", "maxItems", "items"} <= set(schema), place


def test_objects_are_closed_and_typed(document: Json) -> None:
    """A map, such as of the languages of texts, says how long it is, its names and its values."""
    for place, schema in of_type(document, "object"):
        if isinstance(schema["additionalProperties"], dict):
            assert schema["additionalProperties"]["type"] == "string", place
            assert schema["maxProperties"] and schema["propertyNames"]["maxLength"], place
            continue
        assert schema.get("properties"), place
        assert schema["additionalProperties"] is False, place


def test_no_schema_takes_everything(document: Json) -> None:
    keywords = {"type", "$ref", "anyOf", "oneOf", "allOf"}
    for name, schema in document["components"]["schemas"].items():
        for key, value in schema.get("properties", {}).items():
            assert keywords & set(value), (name, key)


def test_changes_carry_the_full_documents_told_apart_by_type(document: Json) -> None:
    union = document["components"]["schemas"]["Upsert"]["properties"]["document"]
    assert union["discriminator"]["propertyName"] == "type"
    mapping = union["discriminator"]["mapping"]
    assert set(RESOURCES) <= set(mapping)
    for resource, address in mapping.items():
        answers = document["paths"][f"/{resource}/{{id}}"]["get"]["responses"]
        assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": address}
        item = resolve(document, {"$ref": address})
        assert item["properties"]["type"]["enum"] == [resource]


def test_unions_have_a_discriminator(document: Json) -> None:
    found = [
        schema["properties"][key]["items"]
        for schema in document["components"]["schemas"].values()
        for key in schema.get("properties", {})
        if "oneOf" in schema["properties"][key].get("items", {})
    ]
    assert len(found) >= 3
    for union in found:
        assert "discriminator" in union
        for address in union["discriminator"]["mapping"].values():
            block = resolve(document, {"$ref": address})
            assert union["discriminator"]["propertyName"] in block["required"]
