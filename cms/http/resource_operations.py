"""Lists and items: the operations that every resource has, and the shapes of their answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path
from pydantic import BaseModel, Field, create_model

from cms.delivery.resources import PartResource, Resource
from cms.delivery.schemas import Numbered, Url
from cms.http.collections import item_response, list_response
from cms.http.listing import LOCALE, PAGING, selecting_parameters
from cms.http.shapes import Measured, Problem, Shape

PublicId = Annotated[UUID, Path(description="The object's id, the same in every language.")]
AnyResource = Resource | PartResource


def _operation_name(resource: AnyResource) -> str:
    return resource.name.replace("-", "_")


def _camel(resource: AnyResource) -> str:
    return _operation_name(resource).title().replace("_", "")


def _served(resource: AnyResource, shape: type[BaseModel], suffix: str) -> type[BaseModel]:
    """Return *shape* as it is stored: numbered, and with the resource's own ``type``."""
    own_name: Any = Literal[resource.name]
    return create_model(
        f"{_camel(resource)}{suffix}",
        __base__=(shape, Numbered),
        __doc__=shape.__doc__,
        type=(own_name, ...),
    )


def add_resource(api: NinjaAPI, resource: AnyResource) -> type[BaseModel]:
    """Add the list and the items of *resource* to *api*; return the shape of its documents."""
    name = _operation_name(resource)
    item = _served(resource, resource.document, "Item")
    summary = _served(resource, resource.summary, "Summary")
    parameters = (*selecting_parameters(resource.name), *PAGING)
    shown: tuple[type[BaseModel], ...] = (item, summary)
    if any(parameter.name == "near" for parameter in parameters):
        shown = tuple(
            create_model(
                f"{shape.__name__}InList", __base__=(shape, Measured), __doc__=shape.__doc__
            )
            for shape in shown
        )
    listed = create_model(
        f"{_camel(resource)}List",
        __base__=Shape,
        __doc__="A page of a list: full documents or summaries, as view asks.",
        items=(list[Union[shown]], Field(max_length=100)),  # type: ignore[valid-type] # noqa: UP007
        next=(Url | None, Field(description="The next page; null on the last one.")),
    )

    @api.get(
        f"/{resource.name}",
        response={200: listed, 304: None, 400: Problem},
        operation_id=f"list_{name}",
        summary=f"List {resource.label.lower()}",
        description=resource.description,
        tags=[resource.label],
        openapi_extra={"parameters": [parameter.openapi() for parameter in parameters]},
    )
    def list_items(request: HttpRequest) -> HttpResponse:
        return list_response(request, resource.name)

    @api.get(
        f"/{resource.name}/{{uuid:id}}",
        response={200: item, 304: None, 400: Problem, 404: Problem},
        operation_id=f"read_{name}",
        summary=f"One of the {resource.label.lower()}",
        description=resource.description,
        tags=[resource.label],
        openapi_extra={"parameters": [LOCALE.openapi()]},
    )
    def read_item(request: HttpRequest, id: PublicId) -> HttpResponse:
        return item_response(request, resource.name, id)

    return item
