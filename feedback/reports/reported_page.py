"""Which page of ours a report is about: its address, and what outlives the page."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Site

from cms.delivery.models import Entry

MAX_ADDRESS = 2000
SAFE = "!$&'()*+,;=/~:@"
"""What Django leaves unescaped in a path (RFC 3986, section 3.3)."""


@dataclass(frozen=True)
class ReportedPage:
    """A page by its address. Without ``public_id`` it is not known: text, and never a link."""

    address: str
    public_id: uuid.UUID | None = None
    locale: str = ""
    title: str = ""
    is_ours: bool = False

    @property
    def is_known(self) -> bool:
        return self.public_id is not None


def own_address(request: HttpRequest, text: str) -> str:
    """Return the whole address of a page of this site, without query; empty for any other.

    *text* is a path or an address. Backslashes, credentials, other hosts, schemes and ports, and
    the ``//host`` that a browser takes for an address are not ours.
    """
    text = text.strip()
    site = Site.find_for_request(request)
    if site is None or not text or len(text) > MAX_ADDRESS or "\\" in text:
        return ""
    try:
        parts = urlsplit(text)
        path = unquote(parts.path)
    except ValueError:
        return ""
    if any(not character.isprintable() for character in f"{text}{path}"):
        return ""
    if parts.scheme or parts.netloc:
        ours = {request.get_host().lower(), urlsplit(site.root_url).netloc.lower()}
        if parts.scheme not in ("http", "https") or parts.netloc.lower() not in ours:
            return ""
    if not path.startswith("/") or path.startswith("//"):
        return ""
    return f"{site.root_url}{quote(path, safe=SAFE)}"


def reported_page(request: HttpRequest, text: str) -> ReportedPage:
    """Find the page that *text* names. Costs one query for an address of ours, none for others.

    Of a page that is not published (any more) the address is all there is.
    """
    address = own_address(request, text)
    if not address:
        return ReportedPage(text.strip()[:MAX_ADDRESS])
    path = f"{urlsplit(address).path.rstrip('/')}/"
    site = Site.find_for_request(request)
    found = (
        Entry.objects.filter(Q(site=site) | Q(site=None), html_path=path, deleted=False)
        .order_by("is_fallback", "pk")
        .values("public_id", "locale", "summary")
        .first()
    )
    if found is None:
        return ReportedPage(address, is_ours=True)
    title = str(json.loads(found["summary"]).get("title", ""))[:255]
    return ReportedPage(address, found["public_id"], found["locale"], title, is_ours=True)
