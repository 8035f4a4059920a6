"""What counts as breaking the readers of the OpenAPI document, change by change."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cms.http.openapi.breaking_changes import breaking_changes

Change = Callable[[dict[str, Any]], object]

TEXT = {"type": "string", "maxLength": 100}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/centres": {
            "get": {
                "operationId": "list_centres",
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "required": False,
                        "schema": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 1,
                            "maximum": 100,
                            "default": 20,
                        },
                    },
                    {
                        "name": "view",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["summary", "full"]},
                    },
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {"schema": TEXT}},
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/List"}}
                        },
                    },
                    "404": {"$ref": "#/components/responses/NotFound"},
                },
            },
            "post": {
                "operationId": "rate_centre",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Rating"}}
                    }
                },
                "responses": {"204": {}},
            },
        }
    },
    "components": {
        "responses": {"NotFound": {"content": {"application/problem+json": {"schema": TEXT}}}},
        "schemas": {
            "List": {
                "type": "object",
                "properties": {
                    "items": {
                        "type": "array",
                        "maxItems": 10,
                        "items": {"$ref": "#/components/schemas/Centre"},
                    },
                    "next": {"anyOf": [TEXT, {"type": "null"}]},
                },
                "required": ["items", "next"],
            },
            "Centre": {
                "type": "object",
                "properties": {
                    "title": TEXT,
                    "status": {"type": "string", "enum": ["open", "closed"]},
                    "parent": {"$ref": "#/components/schemas/Centre"},
                    "note": TEXT,
                    "code": {"type": "string", "maxLength": 6, "pattern": "^[0-9]{6}$"},
                    "body": {
                        "oneOf": [
                            {"$ref": "#/components/schemas/Heading"},
                            {"$ref": "#/components/schemas/Paragraph"},
                        ],
                        "discriminator": {
                            "propertyName": "type",
                            "mapping": {
                                "heading": "#/components/schemas/Heading",
                                "paragraph": "#/components/schemas/Paragraph",
                            },
                        },
                    },
                },
                "required": ["title", "status"],
            },
            "Heading": {"type": "object", "properties": {"text": TEXT}, "required": ["text"]},
            "Paragraph": {"type": "object", "properties": {"html": TEXT}, "required": ["html"]},
            "Image": {"type": "object", "properties": {"url": TEXT}, "required": ["url"]},
            "Rating": {
                "type": "object",
                "properties": {
                    "stars": {"type": "integer", "minimum": 1, "maximum": 5},
                    "comment": TEXT,
                },
                "required": ["stars"],
            },
        },
    },
}


def operation(document: dict[str, Any], method: str = "get") -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/centres"][method]
    return found


def parameter(document: dict[str, Any], position: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = operation(document)["parameters"][position]
    return found


def properties(document: dict[str, Any], name: str = "Centre") -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]["properties"]
    return found


def required(document: dict[str, Any], name: str = "Centre") -> list[str]:
    found: list[str] = document["components"]["schemas"][name]["required"]
    return found


def new_parameter(*, must: bool) -> dict[str, Any]:
    return {"name": "q", "in": "query", "required": must, "schema": TEXT}


def add_kind(document: dict[str, Any]) -> None:
    body = properties(document)["body"]
    body["oneOf"].append({"$ref": "#/components/schemas/Image"})
    body["discriminator"]["mapping"]["image"] = "#/components/schemas/Image"


def remove_kind(document: dict[str, Any]) -> None:
    body = properties(document)["body"]
    body["oneOf"].pop()
    del body["discriminator"]["mapping"]["paragraph"]


def rename_component(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    schemas["Centres"] = schemas.pop("List")
    content = operation(document)["responses"]["200"]["content"]["application/json"]
    content["schema"] = {"$ref": "#/components/schemas/Centres"}


BREAKING: dict[str, tuple[Change, str]] = {
    "path removed": (lambda d: d["paths"].pop("/centres"), "/centres: the path is gone"),
    "operation removed": (lambda d: d["paths"]["/centres"].pop("get"), "GET /centres: the oper"),
    "operationId renamed": (
        lambda d: operation(d).update(operationId="all_centres"),
        "operationId was 'list_centres'",
    ),
    "parameter removed": (lambda d: operation(d)["parameters"].pop(), "?view: the parameter is"),
    "parameter required": (lambda d: parameter(d).update(required=True), "?limit: the parameter"),
    "new required parameter": (
        lambda d: operation(d)["parameters"].append(new_parameter(must=True)),
        "?q: a new parameter is required",
    ),
    "parameter written otherwise": (
        lambda d: parameter(d).update(style="spaceDelimited"),
        "?limit: the parameter is written in another way",
    ),
    "parameter bound tightened": (
        lambda d: parameter(d)["schema"].update(maximum=50),
        "?limit: maximum: 100 is beyond 50",
    ),
    "parameter lower bound raised": (
        lambda d: parameter(d)["schema"].update(minimum=2),
        "?limit: minimum: 1 is beyond 2",
    ),
    "parameter bounded anew": (
        lambda d: parameter(d, 1)["schema"].update(maxLength=5),
        "?view: maxLength: None is beyond 5",
    ),
    "parameter with a pattern": (
        lambda d: parameter(d)["schema"].update(pattern="^1$"),
        "?limit: pattern",
    ),
    "parameter of another type": (
        lambda d: parameter(d)["schema"].update(type="string"),
        "?limit: the type: integer is not within string",
    ),
    "parameter with another default": (
        lambda d: parameter(d)["schema"].update(default=10),
        "?limit: the default was 20",
    ),
    "parameter value removed": (
        lambda d: parameter(d, 1)["schema"]["enum"].pop(),
        "?view: the values ['full'] are not among ['summary']",
    ),
    "body required": (
        lambda d: operation(d, "post")["requestBody"].update(required=True),
        "POST /centres: a body is required now",
    ),
    "body gone": (
        lambda d: operation(d, "post").pop("requestBody"),
        "POST /centres: the body is gone",
    ),
    "request property required": (
        lambda d: required(d, "Rating").append("comment"),
        "Rating.comment: the property is required now",
    ),
    "request property narrowed": (
        lambda d: properties(d, "Rating")["stars"].update(maximum=4),
        "Rating.stars: maximum",
    ),
    "request property removed": (
        lambda d: properties(d, "Rating").pop("comment"),
        "Rating.comment: the property is gone",
    ),
    "response removed": (lambda d: operation(d)["responses"].pop("404"), "404: the response is"),
    "header removed": (
        lambda d: operation(d)["responses"]["200"]["headers"].clear(),
        "200: the header ETag is gone",
    ),
    "media type removed": (
        lambda d: operation(d)["responses"]["200"].update(content={"text/html": {}}),
        "200: the media type application/json is gone",
    ),
    "shared response changed": (
        lambda d: d["components"]["responses"]["NotFound"].update(content={}),
        "404: the media type application/problem+json is gone",
    ),
    "property removed": (lambda d: properties(d).pop("note"), "Centre.note: the property is gone"),
    "property optional": (
        lambda d: required(d).remove("title"),
        "Centre.title: the property is optional now",
    ),
    "property of another type": (
        lambda d: properties(d).update(title={"type": "integer"}),
        "Centre.title: the type: integer is not within string",
    ),
    "property nullable": (
        lambda d: properties(d).update(title={"anyOf": [TEXT, {"type": "null"}]}),
        "Centre.title: it may be null now",
    ),
    "property with a new value": (
        lambda d: properties(d)["status"]["enum"].append("moved"),
        "Centre.status: the values ['moved'] are not among",
    ),
    "property with any value": (
        lambda d: properties(d)["status"].pop("enum"),
        "Centre.status: the values ['any value']",
    ),
    "property longer": (
        lambda d: properties(d)["title"].update(maxLength=200),
        "Centre.title: maxLength: 200 is beyond 100",
    ),
    "property of another pattern": (
        lambda d: properties(d)["code"].update(pattern="^[0-9A-Z]{6}$"),
        "Centre.code: pattern",
    ),
    "list longer": (
        lambda d: properties(d, "List")["items"].update(maxItems=20),
        "List.items: maxItems: 20 is beyond 10",
    ),
    "kind removed": (remove_kind, "Centre.body: it may no longer be paragraph"),
    "kind changed": (
        lambda d: properties(d, "Heading").pop("text"),
        "Heading.text: the property is gone",
    ),
}

HARMLESS: dict[str, Change] = {
    "nothing": lambda d: None,
    "path added": lambda d: d["paths"].update({"/places": {}}),
    "operation added": lambda d: d["paths"]["/centres"].update(put={"responses": {}}),
    "words changed": lambda d: operation(d).update(summary="All", description="All of them."),
    "optional parameter added": lambda d: operation(d)["parameters"].append(
        new_parameter(must=False)
    ),
    "parameters in another order": lambda d: operation(d)["parameters"].reverse(),
    "parameter bound widened": lambda d: parameter(d)["schema"].update(maximum=500, minimum=0),
    "parameter value added": lambda d: parameter(d, 1)["schema"]["enum"].append("ids"),
    "request property added": lambda d: properties(d, "Rating").update(answer=TEXT),
    "request property optional": lambda d: required(d, "Rating").clear(),
    "request property longer": lambda d: properties(d, "Rating").update(
        comment={"type": "string", "maxLength": 500}
    ),
    "response added": lambda d: operation(d)["responses"].update({"429": {}}),
    "header added": lambda d: operation(d)["responses"]["200"]["headers"].update(Link={}),
    "property added": lambda d: properties(d).update(extra=TEXT),
    "property required": lambda d: required(d).append("note"),
    "property with fewer values": lambda d: properties(d)["status"]["enum"].pop(),
    "property shorter": lambda d: properties(d)["title"].update(maxLength=50),
    "property never null": lambda d: properties(d, "List").update(next=TEXT),
    "kind added": add_kind,
    "component renamed": rename_component,
}


@pytest.mark.parametrize("name", BREAKING)
def test_breaking(name: str) -> None:
    change, sentence = BREAKING[name]
    changed = json.loads(json.dumps(DOCUMENT))
    change(changed)
    found = breaking_changes(DOCUMENT, changed)
    assert any(sentence in item for item in found), found


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str) -> None:
    changed = json.loads(json.dumps(DOCUMENT))
    HARMLESS[name](changed)
    assert breaking_changes(DOCUMENT, changed) == []
