"""The experience rating in a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from feedback.ratings.component import Component

register = template.Library()


@register.simple_tag(takes_context=True)
def rating_component(context: dict[str, Any]) -> Component | None:
    """What the component of this page shows; it asks the database nothing.

    ``None`` where ratings have no address, or where there is no request that says which page it is.
    """
    request: HttpRequest | None = context.get("request")
    component = Component(page=request.path) if request is not None else None
    return component if component is not None and component.action else None
