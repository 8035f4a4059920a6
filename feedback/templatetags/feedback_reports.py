"""The way from any page to the form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from cms.content_languages import page_language

register = template.Library()


@register.simple_tag(takes_context=True)
def accessibility_report_url(context: dict[str, Any]) -> str:
    """The form with this page's address filled in; empty where a host does not serve it."""
    request = context.get("request")
    with override(page_language()):
        try:
            url = reverse("feedback:accessibility_report")
        except NoReverseMatch:
            return ""
    return f"{url}?{urlencode({'page': request.path})}" if request is not None else url
