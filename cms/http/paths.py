"""``GET /paths``: from the path of a public page to its object, or to where it has gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from pydantic import BaseModel, Field
from wagtail.models import Site

from cms import conf
from cms.delivery import links
from cms.delivery.models import Entry
from cms.delivery.schemas import Url
from cms.http.conditional import (
    Validators,
    is_conditional,
    json_response,
    not_modified,
    validators_of,
)
from cms.http.operations import described
from cms.http.parameters import Parameter, read_one, refuse_unknown
from cms.http.problems import ProblemError
from cms.http.shapes import Problem

if TYPE_CHECKING:
    from wagtail.contrib.redirects.models import Redirect

_PORT = "[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
_REST = r"[^\x00-\x1F]*"
_ADDRESS = rf"https?://[A-Za-z0-9.-]+(:({_PORT}))?([/?#]{_REST})?"
PATH = Parameter(
    "path",
    "Path of a page, or its whole address on a site that is served here. A query, a fragment and "
    "a missing slash at the end make no difference.",
    {
        "type": "string",
        "maxLength": 2000,
        "minLength": 1,
        "pattern": rf"^({_ADDRESS}|/([^/\x00-\x1F]{_REST})?)$",
    },
    required=True,
)
NOTHING = "There is no public page at this path."
SAFE = "!$&'()*+,;=/~:@"
"""What Django leaves unescaped in a path (RFC 3986, section 3.3)."""

PORTS = {"http": 80, "https": 443}


class PathRedirect(Schema):
    """The page has another address. ``permanent``: the old one need not be asked for again."""

    type: Literal["redirect"] = "redirect"
    location: Url
    permanent: bool


@dataclass(frozen=True)
class PublicPath:
    """A path as entries hold it: escaped, with a slash at the end. ``host`` may be empty."""

    path: str
    host: str = ""
    port: int = 0

    @classmethod
    def parse(cls, text: str) -> PublicPath:
        """Read a path or an absolute address, or raise ``ValueError`` with what to mend."""
        parts = urlsplit(text.strip())
        if parts.scheme not in {"", *PORTS} or not (parts.path.startswith("/") or parts.netloc):
            raise ValueError("Use a path that begins with a slash, or an http(s) address.")
        path = f"{unquote(parts.path).rstrip('/')}/"
        if "\x00" in path:
            raise ValueError("Use the path of a page.")
        return cls(
            quote(path, safe=SAFE), parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        )

    def on_site(self, prefix: str = "") -> Q:
        """The condition of rows on the site that the address names; any, for a bare path."""
        if not self.host:
            return Q()
        ports = PORTS.values() if self.port in {0, *PORTS.values()} else [self.port]
        named = {"hostname__iexact": self.host, "port__in": sorted(ports)}
        return Q(**{f"{prefix}{field}": value for field, value in named.items()})


def path_response(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /paths``: one query for a page, four for a redirect to one."""
    refuse_unknown(request, (PATH,))
    place = read_one(request, PATH.name, PublicPath.parse, None)
    if place is None:
        raise ProblemError(400, "The path is missing.", {PATH.name: "Give the path of a page."})
    entries = _entries(place)
    if is_conditional(request):
        held = entries.values_list("locale", "etag", "modified").first()
        if held and (response := not_modified(request, Validators(*held[1:]))):
            response["Content-Language"] = held[0]
            return response
    row = entries.values_list("document", "locale", "etag", "modified").first()
    if row is not None:
        response = json_response(row[0], Validators(*row[2:]))
        response["Content-Language"] = row[1]
        return response
    content = json.dumps(_redirect(place), ensure_ascii=False)
    validators = validators_of(content)
    return not_modified(request, validators) or json_response(content, validators)


def _entries(place: PublicPath) -> QuerySet[Entry]:
    """A bare path is looked for on the default site first."""
    entries = Entry.objects.filter(place.on_site("site__"), html_path=place.path, deleted=False)
    return entries.order_by("-site__is_default_site", "site_id", "resource", "public_id")


def _redirect(place: PublicPath) -> dict[str, object]:
    """Return where the path leads now, or raise a 404.

    A redirect to a page that is not public leads nowhere: its address is not told.
    """
    if not apps.is_installed("wagtail.contrib.redirects"):
        raise ProblemError(404, NOTHING)
    from wagtail.contrib.redirects.models import Redirect

    sites = Site.objects.filter(place.on_site()).order_by("-is_default_site", "pk")
    if (only := conf.site_id()) is not None:
        sites = sites.filter(pk=only)
    listed = list(sites)
    if not listed:
        raise ProblemError(404, NOTHING)
    paths = {Redirect.normalise_path(place.path, decode) for decode in (True, False)}
    found = (
        Redirect.objects.filter(Q(site=None) | Q(site__in=listed), old_path__in=paths)
        .select_related("redirect_page__locale", "site")
        .order_by(F("site__is_default_site").desc(nulls_last=True), "pk")
        .first()
    )
    location = _location(found, found.site or listed[0], place) if found else None
    if found is None or location is None:
        raise ProblemError(404, NOTHING)
    return {"type": "redirect", "location": location, "permanent": found.is_permanent}


def _location(redirect: Redirect, site: Site, place: PublicPath) -> str | None:
    page = redirect.redirect_page
    if page is None:
        link = redirect.redirect_link
        return urljoin(f"{links.site_root_url(site)}{place.path}", link) if link else None
    entries = Entry.objects.filter(
        public_id=page.translation_key, locale=page.locale.language_code, deleted=False
    ).exclude(html_path="")
    summary = entries.values_list("summary", flat=True).first()
    if summary is None:
        return None
    address = str(json.loads(summary)["html_url"])
    return f"{address.rstrip('/')}{redirect.redirect_page_route_path or '/'}"


def add_paths(api: NinjaAPI, documents: Sequence[type[BaseModel]]) -> None:
    """Add the operation to *api*; *documents* are the shapes of what has a page of its own."""
    union: Any = reduce(or_, [*documents, PathRedirect])
    answer = Annotated[union, Field(discriminator="type")] if documents else PathRedirect

    @api.get(
        "/paths",
        response={200: answer, 304: None, 400: Problem, 404: Problem},
        operation_id="resolve_path",
        summary="The object of a public path",
        description="The full document of the page at a path, in the language of the path, or a "
        "redirect that was left there. Never the fallback of another language.",
        tags=["Service"],
        openapi_extra=described((PATH,)),
    )
    def resolve_path(request: HttpRequest) -> HttpResponse:
        return path_response(request)
