"""The API of version 1: its operations are made from the resources that apps announce."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import autodiscover_modules
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import Swagger
from pydantic import BaseModel

from cms.delivery import resources
from cms.http import operations
from cms.http.bodies import problem_of
from cms.http.changes import changes_response, parameters
from cms.http.conditional import documentation
from cms.http.locale_list import add_locales
from cms.http.paths import add_paths
from cms.http.resource_operations import add_resource
from cms.http.shapes import Problem, Status, changes_of
from cms.http.status import status_response


class Api(NinjaAPI):
    """An API whose operations may answer in other formats than JSON.

    They say so by ``MEDIA_TYPE_KEY`` of :mod:`cms.http.operations`.
    """

    def get_openapi_schema(self, **options: Any) -> Any:
        document = super().get_openapi_schema(**options)
        for path in document["paths"].values():
            for operation in path.values():
                operations.write_media_type(operation)
        return document


def make_api() -> NinjaAPI:
    """Return the API with the operations of all resources that are installed now."""
    autodiscover_modules("delivery_api")
    api = Api(
        title="Family centres",
        version="1.0.0",
        description="Family centres, their programmes, activities and legal references.",
        docs_url="/docs",
        # Without it the page asks a validator on the Internet.
        docs=Swagger(settings={"validatorUrl": None, "docExpansion": "none", "filter": True}),
        openapi_url="/openapi.json",
        urls_namespace="family-centres-api",
        docs_decorator=documentation,
    )
    documents = {
        resource.name: add_resource(api, resource) for resource in resources.served_resources()
    }
    for add in operations.registered():
        add(api)
    _add_service(api, list(documents.values()))
    add_locales(api)
    add_paths(api, [documents[item.name] for item in resources.all_resources() if item.is_page])

    @api.exception_handler(Exception)
    def _leave(request: HttpRequest, error: Exception) -> HttpResponse:
        """The middleware answers errors, with DEBUG too."""
        raise error

    @api.exception_handler(ValidationError)
    @api.exception_handler(HttpError)
    def _name_fields(request: HttpRequest, error: ValidationError | HttpError) -> HttpResponse:
        raise problem_of(error) from error

    return api


def _add_service(api: NinjaAPI, documents: list[type[BaseModel]]) -> None:
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
