"""E009: a rate limit that cannot be read would make every answer of the API a 500."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from cms import conf


@checks.register
def check_rate_limit(**kwargs: Any) -> list[checks.CheckMessage]:
    """``RATE_LIMIT`` and ``POST_RATE_LIMIT`` are rates, such as ``600/minute``."""
    from cms.http.rate_limits import Rate

    found: list[checks.CheckMessage] = []
    for name, text in (
        ("RATE_LIMIT", conf.rate_limit()),
        ("POST_RATE_LIMIT", conf.post_rate_limit()),
    ):
        try:
            if text:
                Rate.parse(text, name)
        except ImproperlyConfigured as error:
            found.append(checks.Error(str(error), id="family_cms.E009"))
    return found
