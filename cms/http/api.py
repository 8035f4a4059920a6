"""The API of version 1: its operations are made from the resources that apps announce."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import autodiscover_modules
from ninja import NinjaAPI, Schema
from ninja.openapi.docs import Swagger

from cms.delivery import resources
from cms.http import operations
from cms.http.changes import changes_response, parameters
from cms.http.problems import ProblemError, problem_response
from cms.http.resource_operations import add_resource
from cms.http.shapes import Problem, Status, changes_of
from cms.http.status import status_response


def make_api() -> NinjaAPI:
    """Return the API with the operations of all resources that are installed now."""
    autodiscover_modules("delivery_api")
    api = NinjaAPI(
        title="Family centres",
        version="1.0.0",
        description="Family centres, their programmes, activities and legal references.",
        docs_url="/docs",
        # Without it the page asks a validator on the Internet.
        docs=Swagger(settings={"validatorUrl": None, "docExpansion": "none", "filter": True}),
        openapi_url="/openapi.json",
        urls_namespace="family-centres-api",
    )
    documents = [add_resource(api, resource) for resource in resources.served_resources()]
    for add in operations.registered():
        add(api)
    _add_service(api, documents)

    @api.exception_handler(ProblemError)
    def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
        response = problem_response(request, error.status, error.detail, error.errors)
        for name, value in error.headers.items():
            response[name] = value
        return response

    return api


def _add_service(api: NinjaAPI, documents: list[type[Schema]]) -> None:
    @api.get(
        "/changes",
        response={200: changes_of(documents), 400: Problem, 410: Problem},
        operation_id="list_changes",
        summary="Follow all changes",
        description="Replays what is visible, then every change since, in order of commit.",
        tags=["Service"],
        openapi_extra={"parameters": [parameter.openapi() for parameter in parameters()]},
    )
    def changes(request: HttpRequest) -> HttpResponse:
        return changes_response(request)

    @api.get(
        "/status",
        response={200: Status, 503: Problem},
        operation_id="read_status",
        summary="Whether the service works",
        description="A problem document also when all is well.",
        tags=["Service"],
    )
    def status(request: HttpRequest) -> HttpResponse:
        return status_response(request)
