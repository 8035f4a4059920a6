"""What every page shows around its content: languages, breadcrumbs, the demonstration ribbon."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from cms import conf
from cms.content_languages import (
    configured,
    interface_language,
    is_right_to_left,
    page_language,
)
from cms.feedback_channels import TEMPLATE, FeedbackChannel
from cms.models import AgencySettings
from cms.partial_dates import PartialDate

register = template.Library()


@register.inclusion_tag("cms/parts/languages.html", takes_context=True)
def language_switch(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the same page in the languages that it was translated into, each by its own name.

    Where there is no page, as in that of an error, to the home pages; this costs one query.
    """
    document = context.get("document")
    if document:
        urls = {item["locale"]: item["html_url"] for item in document.get("translations", [])}
    else:
        urls = _home_urls(context.get("request"))
    return {
        "languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "url": urls[code],
                "current": code == page_language(),
            }
            for code in configured()
            if code in urls
        ]
    }


def _home_urls(request: HttpRequest | None) -> dict[str, str]:
    site = Site.find_for_request(request) if request is not None else None
    if site is None:
        return {}
    root = Page.objects.filter(pk=site.root_page_id).values("translation_key")
    homes = Page.objects.filter(translation_key__in=root, live=True, alias_of=None)
    codes = homes.values_list("locale__language_code", flat=True)
    return {code: f"/{code}/" for code in codes}


@register.inclusion_tag("cms/parts/alternates.html", takes_context=True)
def alternates(context: dict[str, Any]) -> dict[str, Any]:
    """``hreflang`` links to the translations that exist, and to the canonical address.

    A reader of any other language is led to the source.
    """
    document = context.get("document") or {}
    translations = document.get("translations", [])
    default = next(
        (item["html_url"] for item in translations if item["locale"] == settings.LANGUAGE_CODE), ""
    )
    return {
        "translations": translations,
        "default": default,
        "url": document.get("html_url"),
    }


@register.inclusion_tag("cms/parts/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: dict[str, Any]) -> dict[str, Any]:
    """The way from the home page to here; nothing on the home page itself."""
    page = context.get("page")
    request = context.get("request")
    if not isinstance(page, Page) or request is None or page.depth <= 2:
        return {"ancestors": []}
    ancestors = page.get_ancestors().filter(depth__gte=2, live=True)
    ancestors = ancestors.select_related("locale").defer_streamfields()
    return {
        "ancestors": [
            (item.title, item.get_url(request), _title_language(item)) for item in ancestors
        ],
        "title": page.title,
        "title_language": (context.get("document") or {}).get("title_language", ""),
    }


def _title_language(page: Page) -> str:
    """An alias bears the title of its source."""
    return str(settings.LANGUAGE_CODE if page.alias_of_id else page.locale.language_code)


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
    current = page_language()
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
    if name["lang"] == page_language():
        return format_html("{}", name["text"])
    return format_html("<span{}>{}</span>", lang(name["lang"]), name["text"])


@register.simple_tag(name="page_language")
def language_of_page() -> str:
    return page_language()


@register.simple_tag
def page_direction() -> str:
    return _direction(page_language())


@register.simple_tag
def lang(code: str) -> SafeString:
    """The attributes of an element whose text is in *code*; none where the page is in it."""
    page = page_language()
    if not code or code == page:
        return SafeString("")
    if _direction(code) == _direction(page):
        return format_html(' lang="{}"', code)
    return format_html(' lang="{}" dir="{}"', code, _direction(code))


@register.simple_tag
def item_lang(document: dict[str, Any], name: str, position: int) -> SafeString:
    """The attributes of an element that holds one text of the list *name* of a document."""
    marked = document.get("text_languages") or {}
    return lang(marked.get(f"{name}.{position}") or document["language"])


@register.simple_tag
def official_lang() -> SafeString:
    """The attributes of an element that holds an official name of ours."""
    return lang(conf.official_language())


@register.simple_tag
def words_lang() -> SafeString:
    """The attributes of an element that holds only words of the interface."""
    return lang(interface_language(page_language()))


def _direction(code: str) -> str:
    return "rtl" if is_right_to_left(code) else "ltr"


@register.filter
def in_words(iso: str) -> str:
    """A partial ISO date in words of the active language."""
    return PartialDate.parse(iso).in_words()
