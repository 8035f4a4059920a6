"""``GET /status``: a problem document also when all is well (RAC_REST_NAME_011)."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from cms import conf
from cms.delivery.models import Feed
from cms.http.problems import problem_response


def status_response(request: HttpRequest) -> HttpResponse:
    """Answer 200, or 503 with ``Retry-After`` where the database does not answer."""
    try:
        feed = Feed.objects.filter(pk=Feed.SINGLETON).first()
    except DatabaseError:
        response = problem_response(request, 503, "The database does not answer.")
        response["Retry-After"] = "30"
        return response
    return problem_response(
        request, 200, "The service works.", demo=conf.is_demo(), head=feed.head if feed else 0
    )
