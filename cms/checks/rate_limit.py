"""E009: a rate limit that cannot be read would make every answer of the API a 500."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from cms import conf


@checks.register
def check_rate_limit(**kwargs: Any) -> list[checks.CheckMessage]:
    """``RATE_LIMIT`` is a rate, such as ``600/minute``."""
    from cms.http.rate_limits import Rate

    try:
        if text := conf.rate_limit():
            Rate.parse(text)
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="family_cms.E009")]
    return []
