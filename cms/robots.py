"""``robots.txt``: what search engines may read, and where the map of the site is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms import conf
from cms.delivery.links import site_root_url


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /robots.txt`` (RFC 9309) for the site that was asked for.

    Only the admin is closed: its login page is of use to nobody who searches. Drafts need no line
    here, and none would hide them; they are never served.
    """
    site = Site.find_for_request(request)
    if site is None or conf.site_id() not in {None, site.pk}:
        return HttpResponse(status=404)
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        "",
        f"Sitemap: {site_root_url(site)}/sitemap.xml",
    )
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
