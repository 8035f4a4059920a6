"""What every template may read of the site itself."""

from __future__ import annotations

from django.http import HttpRequest

from cms import conf


def site(request: HttpRequest) -> dict[str, object]:
    """Context processor: whether the site is a demonstration, and where the API is."""
    return {"is_demo": conf.is_demo(), "api_base": conf.api_base()}
