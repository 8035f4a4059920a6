"""Error pages that lead on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.content_languages import page_in, page_language


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    with page_in(page_language()):
        return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page must stand without database and context processors."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("500.html"), status=500)
