"""E011: without its middleware, translators could write in every language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

GUARD = "cms.localisation.guard.TranslatorsMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"


@checks.register
def check_translators_are_guarded(**kwargs: Any) -> list[checks.CheckMessage]:
    """The guard stands after the middleware that knows who is logged in."""
    order = list(settings.MIDDLEWARE)
    if GUARD not in order:
        problem = f"{GUARD} is missing from MIDDLEWARE: translators could write in every language."
    elif AUTHENTICATION in order[order.index(GUARD) :]:
        problem = f"{GUARD} stands before {AUTHENTICATION}, and knows nobody."
    else:
        return []
    return [
        checks.Error(problem, hint=f"Put it right after {AUTHENTICATION}.", id="family_cms.E011")
    ]
