"""The API of version 1: its operations are made from the resources that apps announce."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import autodiscover_modules
from ninja import NinjaAPI, Schema
from pydantic import Field, create_model

from cms.delivery import resources
from cms.delivery.resources import PartResource, Resource
from cms.delivery.schemas import Numbered, Url
from cms.http import operations
from cms.http.changes import PARAMETERS, changes_response
from cms.http.collections import item_response, list_response
from cms.http.listing import LOCALE, PAGING, selecting_parameters
from cms.http.problems import ProblemError, problem_response
from cms.http.shapes import Changes, Measured, Problem, Status
from cms.http.status import status_response


def _operation_name(resource: Resource | PartResource) -> str:
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
    for resource in resources.served_resources():
        _add_operations(api, resource)
    for add in operations.registered():
        add(api)
    _add_service(api)

    @api.exception_handler(ProblemError)
    def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
        response = problem_response(request, error.status, error.detail, error.errors)
        for name, value in error.headers.items():
            response[name] = value
        return response

    return api


def _add_operations(api: NinjaAPI, resource: Resource | PartResource) -> None:
    name = _operation_name(resource)
    served = create_model(
        f"{resource.document.__name__}Served{_camel(name)}", __base__=(resource.document, Numbered)
    )
    parameters = (*selecting_parameters(resource.name), *PAGING)
    item = served
    if any(parameter.name == "near" for parameter in parameters):
        item = create_model(f"{served.__name__}Measured", __base__=(served, Measured))
    listed = create_model(
        f"{_camel(name)}List",
        __base__=Schema,
        items=(list[item], Field(max_length=100)),  # type: ignore[valid-type]
        next=(Url | None, None),
    )

    @api.get(
        f"/{resource.name}",
        response={200: listed, 400: Problem},
        operation_id=f"list_{name}",
        summary=f"List {resource.label.lower()}",
        description=resource.description,
        tags=[resource.label],
        openapi_extra={"parameters": [parameter.openapi() for parameter in parameters]},
    )
    def list_items(request: HttpRequest) -> HttpResponse:
        return list_response(request, resource.name)

    @api.get(
        f"/{resource.name}/{{uuid:public_id}}",
        response={200: served, 400: Problem, 404: Problem},
        operation_id=f"get_{name}",
        summary=f"One of the {resource.label.lower()}",
        description=resource.description,
        tags=[resource.label],
        openapi_extra={"parameters": [LOCALE.openapi()]},
    )
    def get_item(request: HttpRequest, public_id: UUID) -> HttpResponse:
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
        openapi_extra={"parameters": [parameter.openapi() for parameter in PARAMETERS]},
    )
    def changes(request: HttpRequest) -> HttpResponse:
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
