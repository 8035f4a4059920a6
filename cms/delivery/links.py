"""Where things are: absolute addresses of pages, API objects and files, from Site records only."""

from __future__ import annotations

from urllib.parse import quote, urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from cms import conf
from cms.delivery.reads import Reads


def site_of(page: Page, reads: Reads) -> tuple[Site, str] | None:
    """Return the delivered site that *page* stands in and the URL path of its root there."""
    return next((root for root in reads.site_roots if page.url_path.startswith(root[1])), None)


def page_url(page: Page, reads: Reads) -> str | None:
    """Return the absolute URL of *page*, or ``None`` outside every delivered site.

    Visibility is not decided here: ask :mod:`cms.delivery.visibility` first.
    """
    located = site_of(page, reads)
    if located is None:
        return None
    site, root = located
    with override(reads.languages[page.locale_id]):
        path = reverse("wagtail_serve", args=(page.url_path[len(root) :],))
    return f"{site_root_url(site)}{path}"


def site_root_url(site: Site) -> str:
    """Return scheme, host and port of *site*, without a trailing slash."""
    return str(site.root_url).rstrip("/")


def default_site(reads: Reads) -> Site | None:
    """Return the site below whose root API and files stand: the default one, or the first."""
    sites = [site for site, _root in reads.site_roots]
    default = next((site for site in sites if site.is_default_site), None)
    return default or min(sites, key=lambda site: int(site.pk), default=None)


def base_url(reads: Reads) -> str:
    """Return the root URL of the default site, below which API and files stand."""
    chosen = default_site(reads)
    return site_root_url(chosen) if chosen else str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def object_url(resource: str, public_id: UUID, reads: Reads) -> str:
    """Return the address of an object in version 1 of the API."""
    return f"{base_url(reads)}{conf.api_base()}/{quote(resource)}/{public_id}"


def file_url(url: str, reads: Reads) -> str:
    """Return *url* of a stored file as an absolute URL."""
    return urljoin(f"{base_url(reads)}/", url)
