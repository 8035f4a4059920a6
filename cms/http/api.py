"""The API of version 1: its operations are made from the resources that apps announce."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import autodiscover_modules
from ninja import NinjaAPI, Schema
from pydantic import Field, create_model

from cms.delivery import resources
from cms.delivery.resources import Resource
from cms.delivery.schemas import Code, LanguageTag, Numbered, Url
from cms.http.changes import changes_response
from cms.http.collections import item_response, list_response
from cms.http.problems import ProblemError, problem_response
from cms.http.status import status_response


class FieldProblem(Schema):
    field: Code
    detail: str = Field(max_length=500)


class Problem(Schema):
    """An error, as RFC 9457 describes it."""

    type: str = Field(max_length=200)
    title: str = Field(max_length=200)
    status: int = Field(ge=100, le=599, json_schema_extra={"format": "int32"})
    detail: str = Field(max_length=1000)
    instance: str = Field(max_length=2000)
    errors: list[FieldProblem] = Field(default_factory=list, max_length=100)


class Status(Problem):
    demo: bool
    head: int = Field(ge=0, le=2**53, json_schema_extra={"format": "int64"})


class Change(Schema):
    """An upsert with its document, or a tombstone with its reason and no content."""

    change: Literal["upsert", "tombstone"]
    resource: Code
    id: UUID
    locale: LanguageTag
    sequence: int = Field(ge=1, le=2**53, json_schema_extra={"format": "int64"})
    reason: Code | None = None
    document: dict[str, Any] | None = None


class Changes(Schema):
    items: list[Change] = Field(max_length=100)
    next: Url
    at_end: bool


def _operation_name(resource: Resource) -> str:
    return resource.name.replace("-", "_")


def make_api() -> NinjaAPI:
    """Return the API with the operations of all resources that are installed now."""
    autodiscover_modules("delivery_api")
    api = NinjaAPI(
        title="Family centres",
        version="1.0.0",
        description="Family centres, their programmes, activities and legal references.",
        docs_url="/docs",
        openapi_url="/openapi.json",
        urls_namespace="family-centres-api",
    )
    for resource in resources.all_resources():
        _add_operations(api, resource)
    _add_service(api)

    @api.exception_handler(ProblemError)
    def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
        response = problem_response(request, error.status, error.detail, error.errors)
        for name, value in error.headers.items():
            response[name] = value
        return response

    return api


def _add_operations(api: NinjaAPI, resource: Resource) -> None:
    name = _operation_name(resource)
    served = create_model(
        f"{resource.document.__name__}Served{_camel(name)}", __base__=(resource.document, Numbered)
    )
    listed = create_model(
        f"{_camel(name)}List",
        __base__=Schema,
        items=(list[served], Field(max_length=100)),  # type: ignore[valid-type]
        next=(Url | None, None),
    )

    @api.get(
        f"/{resource.name}",
        response={200: listed, 400: Problem},
        operation_id=f"list_{name}",
        summary=f"List {resource.label.lower()}",
        description=resource.description,
        tags=[resource.label],
    )
    def list_items(
        request: HttpRequest,
        limit: str | None = None,
        cursor: str | None = None,
        view: str | None = None,
        locale: str | None = None,
        fallback: str | None = None,
    ) -> HttpResponse:
        return list_response(request, resource.name)

    @api.get(
        f"/{resource.name}/{{uuid:public_id}}",
        response={200: served, 400: Problem, 404: Problem},
        operation_id=f"get_{name}",
        summary=f"One of the {resource.label.lower()}",
        description=resource.description,
        tags=[resource.label],
    )
    def get_item(request: HttpRequest, public_id: UUID, locale: str | None = None) -> HttpResponse:
        return item_response(request, resource.name, public_id)


def _camel(name: str) -> str:
    return name.title().replace("_", "")


def _add_service(api: NinjaAPI) -> None:
    @api.get(
        "/changes",
        response={200: Changes, 400: Problem, 410: Problem},
        operation_id="list_changes",
        summary="Follow all changes",
        description="Replays what is visible, then every change since, in order of commit.",
        tags=["Service"],
    )
    def changes(
        request: HttpRequest,
        cursor: str | None = None,
        limit: str | None = None,
        resource: str | None = None,
        locale: str | None = None,
        fallback: str | None = None,
    ) -> HttpResponse:
        return changes_response(request)

    @api.get(
        "/status",
        response={200: Status, 503: Problem},
        operation_id="get_status",
        summary="Whether the service works",
        description="A problem document also when all is well.",
        tags=["Service"],
    )
    def status(request: HttpRequest) -> HttpResponse:
        return status_response(request)
