"""Whose pages may send something to the API by a visitor's browser; all may read everything.

Nothing here identifies a visitor: the browser of any site's visitor could be made to send something
in, and it would count as theirs. So a browser's ``Origin`` must be the site's own or one of
``PORTAL_ORIGINS``. What is no browser sends none.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

from cms import conf
from cms.http.problems import ProblemError


def may_post(request: HttpRequest) -> bool:
    """Whether *request* comes from no browser, from our own pages, or from those of a portal."""
    origin = request.headers.get("Origin")
    return origin is None or _is_own(request, origin) or origin.lower() in conf.portal_origins()


def comes_from_our_pages(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of this site, as far as the browser tells.

    Browsers of today say so in ``Sec-Fetch-Site``, which no page can forge; older ones send
    ``Origin``. What sends neither is no browser that another site could use.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or _is_own(request, origin)


def refuse_foreign_origin(request: HttpRequest) -> None:
    """Raise a 403 where a browser would send something in from a page of somebody else's."""
    if not may_post(request):
        raise ProblemError(
            403,
            "Pages of this origin may not send anything in. "
            "Ask the agency to add it to its portals.",
            {"Origin": "It is none of the portals."},
        )


def _is_own(request: HttpRequest, origin: str) -> bool:
    """Compare hosts: behind a proxy the scheme may be another one inside."""
    try:
        return urlsplit(origin).netloc.lower() == request.get_host().lower()
    except ValueError:
        return False
