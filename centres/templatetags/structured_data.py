"""Structured data inside pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from centres.exports.structured_data import script_text, service

register = template.Library()


@register.simple_tag
def service_data(document: Mapping[str, Any]) -> SafeString | str:
    """A centre as a schema.org service; nothing where its address is not complete."""
    content = service(document)
    if content is None:
        return ""
    text = script_text(content)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
