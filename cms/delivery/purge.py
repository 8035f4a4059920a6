"""What a front-end cache holds of an entry is purged when it changes.

The drain notes what has changed, the worker asks the cache: an editor waits for neither. It does
so where the host has set ``WAGTAILFRONTENDCACHE``, for Wagtail's own backends.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from cms import conf
from cms.delivery import links
from cms.delivery.models import Entry, PurgeRequest
from cms.delivery.reads import Reads

AT_ONCE = 200
"""How many changes are purged together."""


@dataclass(frozen=True)
class PageAddress:
    """Where the page of an entry is: the primary key of its site, and its path there."""

    site_id: int | None
    path: str


def is_configured() -> bool:
    """Whether the host has named a front-end cache to Wagtail."""
    return any(
        getattr(settings, name, None)
        for name in ("WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION")
    )


def request_purge(entry: Entry, before: PageAddress) -> None:
    """Note that *entry* has changed, and where its page was *before*."""
    if not is_configured():
        return
    now = PageAddress(entry.site_id, entry.html_path)
    PurgeRequest.objects.bulk_create(
        PurgeRequest(
            resource=entry.resource,
            public_id=entry.public_id,
            locale=entry.locale,
            site_id=address.site_id,
            html_path=address.path,
        )
        for address in {before, now}
    )


def purge_changed(limit: int = AT_ONCE) -> int:
    """Purge the addresses of what has changed; return how many there were.

    An item's and a list's address with and without the locale, and the page's. Lists with other
    queries live on for the minute that their answers state.
    """
    requests = list(PurgeRequest.objects.select_related("site").order_by("pk")[:limit])
    if not requests:
        return 0
    base = f"{links.base_url(Reads())}{conf.api_base()}"
    urls: set[str] = set()
    for request in requests:
        for url in (f"{base}/{request.resource}", f"{base}/{request.resource}/{request.public_id}"):
            urls.update((url, f"{url}?locale={request.locale}"))
        if request.site is not None and request.html_path:
            urls.add(f"{links.site_root_url(request.site)}{request.html_path}")
    purge_urls_from_cache(sorted(urls))
    PurgeRequest.objects.filter(pk__in=[request.pk for request in requests]).delete()
    return len(urls)
