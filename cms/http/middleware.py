"""Answers everything below the API prefix with the API's own URLs.

It stands first: no session, locale, CSRF, slash or redirect middleware runs for the API.
``LocaleMiddleware`` would turn an API 404 into a redirect, ``SecurityMiddleware`` every request
over plain HTTP; the headers of the latter are written here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.urls import Resolver404, resolve, set_urlconf

from cms import conf
from cms.http.admission import admit
from cms.http.compression import compress
from cms.http.methods import (
    NOT_ANSWERED,
    WITH_BODY,
    allow,
    allowed_methods,
    is_open,
    preflight,
    refuse_body,
)
from cms.http.origins import refuse_foreign_origin
from cms.http.problems import MEDIA_TYPE, ProblemError, answer_of, problem_response
from cms.http.rate_limits import standing_of

logger = logging.getLogger(__name__)

URLCONF = "cms.http.urls"
EXPOSED = (
    "ETag, Last-Modified, Link, Content-Language, Retry-After, "
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
)


class ApiMiddleware:
    """Owns 404, 405 and 500, HEAD, OPTIONS, limits and the headers for readers of every origin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.security = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        prefix = conf.api_prefix()
        path = f"/{request.path_info.lstrip('/')}"
        if path != prefix and not path.startswith(f"{prefix}/"):
            return self.get_response(request)
        method = request.method
        response = self._answer(request)
        compress(request, response)
        if not response.streaming:
            response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        if method == "HEAD":
            _without_body(response)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        if is_open(request, method):
            response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return self.security.process_response(request, response)  # type: ignore[arg-type]

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        standing = standing_of(request)
        try:
            if standing is not None:
                standing.refuse()
            admit(request)
            response = self._handle(request)
        except ProblemError as error:
            response = answer_of(request, error)
        if standing is not None:
            standing.describe(response)
        return response

    def _handle(self, request: HttpRequest) -> HttpResponseBase:
        set_urlconf(URLCONF)
        try:
            return self._resolved(request)
        except (Resolver404, Http404):
            return problem_response(request, 404, "There is nothing at this address.")
        except RequestDataTooBig:
            return problem_response(request, 413, "The body is too large.")
        except SuspiciousOperation:
            return problem_response(request, 400, "The request cannot be understood.")
        except (OperationalError, InterfaceError):
            logger.exception("The database does not answer at %s", request.path)
            raise ProblemError(
                503, "The database does not answer.", headers={"Retry-After": "30"}
            ) from None
        except ProblemError:
            raise
        except Exception:
            logger.exception("The API failed at %s", request.path)
            return problem_response(request, 500, "The error is ours, and it has been recorded.")
        finally:
            set_urlconf(None)

    def _resolved(self, request: HttpRequest) -> HttpResponseBase:
        match = resolve(request.path_info, URLCONF)
        request.resolver_match = match
        if request.method == "OPTIONS":
            return preflight(allowed_methods(request, match))
        if request.method in WITH_BODY:
            refuse_body(request, allowed_methods(request, match))
            refuse_foreign_origin(request)
        if request.method == "HEAD":
            request.method = "GET"
        return _as_problem(request, match.func(request, *match.args, **match.kwargs))


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give an error that the router answered by itself the shape of all others."""
    if response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    problem = problem_response(request, response.status_code, NOT_ANSWERED)
    if "Allow" in response:
        problem["Allow"] = allow(response["Allow"])
    return problem


def _without_body(response: HttpResponseBase) -> None:
    """Empty *response*, its headers kept; a stream is closed without having been read."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        length = response["Content-Length"]
        response.content = b""
        response["Content-Length"] = length
