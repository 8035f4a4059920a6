"""What every page shows around its content: languages, breadcrumbs, the demonstration ribbon."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.db import models
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from cms.feedback_channels import TEMPLATE, FeedbackChannel
from cms.models import AgencySettings
from cms.partial_dates import PartialDate

register = template.Library()


@register.inclusion_tag("cms/parts/languages.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the same page in the languages that it exists in; the home page otherwise."""
    document = context.get("document") or {}
    urls = {item["locale"]: item["html_url"] for item in document.get("translations", [])}
    current = context.get("LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "url": urls.get(code, f"/{code}/"),
                "current": code == current,
                "exact": code in urls,
            }
            for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        ]
    }


@register.inclusion_tag("cms/parts/alternates.html", takes_context=True)
def alternates(context: dict[str, Any]) -> dict[str, Any]:
    """``hreflang`` links to the translations that exist, and to the canonical address."""
    document = context.get("document") or {}
    return {"translations": document.get("translations", []), "url": document.get("html_url")}


@register.inclusion_tag("cms/parts/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: dict[str, Any]) -> dict[str, Any]:
    """The way from the home page to here; nothing on the home page itself."""
    page = context.get("page")
    request = context.get("request")
    if not isinstance(page, Page) or request is None or page.depth <= 2:
        return {"ancestors": []}
    ancestors = page.get_ancestors().filter(depth__gte=2, live=True).defer_streamfields()
    return {
        "ancestors": [(item.title, item.get_url(request)) for item in ancestors],
        "title": page.title,
    }


@register.simple_tag(takes_context=True)
def agency(context: dict[str, Any]) -> Any:
    """The identity of the agency that answers for this site."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return None
    return AgencySettings.for_request(request)


@register.simple_tag(takes_context=True)
def footer_urls(context: dict[str, Any], agency: AgencySettings | None) -> dict[str, str]:
    """The addresses of the pages that the footer must link, in the language of this request.

    What is not published in that language falls back to Italian. Costs one query.
    """
    if agency is None:
        return {}
    wanted = {
        "privacy": agency.privacy_page_id,
        "legal": agency.legal_notes_page_id,
    }
    sources = Page.objects.filter(pk__in=[pk for pk in wanted.values() if pk])
    variants = (
        Page.objects.filter(translation_key__in=sources.values("translation_key"), live=True)
        .select_related("locale")
        .annotate(source_pk=_source_pk(sources))
        .defer_streamfields()
    )
    current = context.get("LANGUAGE_CODE", settings.LANGUAGE_CODE)
    found: dict[int, Page] = {}
    for page in variants:
        if page.locale.language_code == current or page.source_pk not in found:
            found[page.source_pk] = page
    request = context.get("request")
    return {name: found[pk].get_url(request) or "" for name, pk in wanted.items() if pk in found}


def _source_pk(sources: models.QuerySet[Page]) -> models.Subquery:
    same = sources.filter(translation_key=models.OuterRef("translation_key"))
    return models.Subquery(same.values("pk")[:1])


@register.simple_tag(takes_context=True)
def feedback_channels(context: template.Context) -> str:
    """The channels of the app that answers them; nothing where no such app is installed."""
    try:
        channels = get_template(TEMPLATE)
    except TemplateDoesNotExist:
        return ""
    return channels.render({"request": context.get("request"), "channels": FeedbackChannel})


@register.simple_tag
def official_name(name: dict[str, str]) -> SafeString:
    """An official name, with its ``lang`` where it differs from the page's."""
    if name["lang"] == get_language():
        return format_html("{}", name["text"])
    return format_html('<span lang="{}">{}</span>', name["lang"], name["text"])


@register.filter
def in_words(iso: str) -> str:
    """A partial ISO date in words of the active language."""
    return PartialDate.parse(iso).in_words()
