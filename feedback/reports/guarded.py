"""What every answer here says: keep it nowhere, list it nowhere, tell nobody its address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from cms.content_languages import page_in, page_language

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Answer in the words of the page's language, with headers for what is private."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with page_in(page_language()):
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer
