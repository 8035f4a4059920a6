"""URLs that no app has: what fails, streams or takes a body, for tests of the middleware."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from ninja import NinjaAPI

api = NinjaAPI(urls_namespace="odd", docs_url=None, openapi_url=None)
ROWS = 20_000
read: list[int] = []
closed: list[str] = []


@api.exception_handler(Exception)
def _leave(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error


@api.get("/broken")
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


@api.get("/away")
def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("could not connect to secret.example")


@api.get("/stream")
def stream(request: HttpRequest) -> StreamingHttpResponse:
    def rows() -> Iterator[bytes]:
        try:
            for number in range(ROWS):
                read.append(number)
                yield b'{"row": %d, "name": "Centro per le famiglie"}\n' % number
        finally:
            closed.append("stream")

    response = StreamingHttpResponse(rows(), content_type="application/x-ndjson")
    response["ETag"] = '"stream"'
    return response


@api.get("/small")
def small(request: HttpRequest) -> HttpResponse:
    return HttpResponse("{}", content_type="application/json")


@api.post("/things")
def post_thing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body, status=201, content_type="application/json")


@api.delete("/things")
def delete_things(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [path("api/v1/", api.urls)]
