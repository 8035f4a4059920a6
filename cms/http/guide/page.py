"""The page at the API's prefix: the guide in the reader's language, with this site's addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_info, override
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI

from cms import conf
from cms.delivery.links import base_url, default_site
from cms.delivery.reads import Reads
from cms.http.conditional import Validators, described, not_modified, validators_of
from cms.http.guide import reference
from cms.http.guide.markdown import render
from cms.http.guide.sources import EXAMPLE_HOST, FILES, read_source
from cms.models import AgencySettings


@dataclass(frozen=True)
class Facts:
    """What the page depends on. Two requests with the same facts get the same bytes."""

    language: str
    base: str
    is_demo: bool
    agency: str
    website: str
    email: str
    licence: str


def make_guide_view(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of the guide to *api*. It renders a page once per process and facts."""

    @lru_cache(maxsize=16)
    def page(facts: Facts) -> tuple[bytes, Validators]:
        schema = api.get_openapi_schema(path_prefix=f"{conf.api_base()}/")
        content = _render(facts, schema).encode()
        return content, validators_of(content)

    def guide(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
        language = _language(request)
        content, validators = page(_facts(language))
        response = not_modified(request, validators) or described(HttpResponse(content), validators)
        response["Content-Language"] = language
        response["Content-Security-Policy"] = _security_policy()
        if request.GET.get("locale") not in FILES:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return guide


def _language(request: HttpRequest) -> str:
    """Return the language of the guide: ``locale``, then ``Accept-Language``, then the site's."""
    wanted = request.GET.get("locale", "")
    if wanted in FILES:
        return wanted
    header = request.headers.get("Accept-Language", "")[:500]
    accepted = [code.partition("-")[0] for code, _quality in parse_accept_lang_header(header)]
    candidates = (*accepted, settings.LANGUAGE_CODE.partition("-")[0])
    return next((code for code in candidates if code in FILES), "en")


def _facts(language: str) -> Facts:
    reads = Reads()
    site = default_site(reads)
    agency = AgencySettings.objects.filter(site=site).first() or AgencySettings()
    return Facts(
        language=language,
        base=base_url(reads),
        is_demo=conf.is_demo(),
        agency=agency.name,
        website=agency.website,
        email=agency.email,
        licence=agency.licence_url,
    )


def _render(facts: Facts, schema: dict[str, Any]) -> str:
    source = read_source(facts.language).replace(EXAMPLE_HOST, facts.base)
    source = source.replace("/api/", f"{conf.api_prefix()}/")
    shared = {"facts": facts, "official_language": conf.official_language()}

    def shown(directive: str) -> str:
        name, _space, argument = directive.partition(" ")
        context: dict[str, object] = dict(shared)
        if name == "parameters":
            context["parameters"] = reference.parameters(schema, argument)
        elif name == "operations":
            context["operations"] = reference.operations(schema)
        return render_to_string(f"cms/guide/{name}.html", context)

    with override(facts.language):
        rendered = render(source, shown)
        languages = [(code, get_language_info(code)["name_local"]) for code in FILES]
        return render_to_string(
            "cms/guide/page.html",
            {**shared, "guide": rendered, "languages": languages, "prefix": conf.api_prefix()},
        )


def _security_policy() -> str:
    """No script at all; styles, fonts and pictures from where static files are."""
    static = urlsplit(settings.STATIC_URL or "")
    origin = f" {static.scheme or 'https'}://{static.netloc}" if static.netloc else ""
    return (
        f"default-src 'none'; style-src 'self'{origin}; font-src 'self' data:{origin}; "
        f"img-src 'self' data:{origin}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )
