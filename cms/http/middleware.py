"""Answers everything below the API prefix with the API's own URLs.

It stands right after ``SecurityMiddleware``: no session, locale, CSRF, slash or redirect
middleware runs for the API. ``LocaleMiddleware`` would turn an API 404 into a redirect.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, set_urlconf
from django.utils.cache import patch_vary_headers

from cms import conf
from cms.http.problems import MEDIA_TYPE, ProblemError, problem_response

logger = logging.getLogger(__name__)

URLCONF = "cms.http.urls"
EXPOSED = "ETag, Link, Content-Language, Retry-After"


class ApiMiddleware:
    """Owns 404, 405 and 500, HEAD, OPTIONS and the headers for readers of every origin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        prefix = conf.api_prefix()
        if request.path != prefix and not request.path.startswith(f"{prefix}/"):
            return self.get_response(request)
        response = self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = self._handle(request)
        return _without_content(response) if is_head else response

    def _handle(self, request: HttpRequest) -> HttpResponseBase:
        set_urlconf(URLCONF)
        try:
            match = resolve(request.path_info, URLCONF)
            request.resolver_match = match
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        except (Resolver404, Http404):
            return problem_response(request, 404, "There is nothing at this address.")
        except ProblemError as error:
            response = problem_response(request, error.status, error.detail, error.errors)
            for name, value in error.headers.items():
                response[name] = value
            return response
        except Exception:
            logger.exception("The API failed at %s", request.path)
            return problem_response(request, 500, "The error is ours, and it has been recorded.")
        finally:
            set_urlconf(None)
        return _as_problem(request, response)


def _without_content(response: HttpResponseBase) -> HttpResponse:
    """Return the headers of an answer; a streamed one is not read to learn its length."""
    head = HttpResponse(status=response.status_code, headers=dict(response.items()))
    if isinstance(response, HttpResponse):
        head["Content-Length"] = str(len(response.content))
    head.cookies = response.cookies
    return head


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give an error that the router answered by itself the shape of all others."""
    if response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    problem = problem_response(
        request, response.status_code, "This address does not answer such a request."
    )
    if "Allow" in response:
        problem["Allow"] = response["Allow"]
    return problem


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    patch_vary_headers(response, ["Access-Control-Request-Method"])
    return response
