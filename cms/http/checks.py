"""Checks of a host's settings that would otherwise show only in production."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from cms import conf
from cms.http.rate_limits import Rate

MIDDLEWARE = "cms.http.middleware.ApiMiddleware"


@checks.register
def check_middleware_stands_first(**kwargs: Any) -> list[checks.CheckMessage]:
    """What stands before the API's middleware may redirect its addresses, or open a session."""
    if settings.MIDDLEWARE[:1] == [MIDDLEWARE]:
        return []
    missing = MIDDLEWARE not in settings.MIDDLEWARE
    return [
        checks.Warning(
            f"{MIDDLEWARE} {'is missing' if missing else 'does not stand first'} in MIDDLEWARE.",
            hint="Put it first, also before SecurityMiddleware.",
            id="family_http.W001",
        )
    ]


@checks.register
def check_rate_limit(**kwargs: Any) -> list[checks.CheckMessage]:
    """A rate that cannot be read would make every answer of the API a 500."""
    try:
        if text := conf.rate_limit():
            Rate.parse(text)
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="family_http.E001")]
    return []
