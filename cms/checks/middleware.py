"""E007 and W001: the API is answered by a middleware, and only from its place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

PATH = "cms.http.middleware.ApiMiddleware"


@checks.register
def check_api_middleware(**kwargs: Any) -> list[checks.CheckMessage]:
    """The API middleware is installed, and stands first."""
    installed = list(settings.MIDDLEWARE)
    if PATH not in installed:
        return [
            checks.Error(
                f"{PATH} is not in MIDDLEWARE: nothing answers below the API's prefix.",
                hint="Put it first, also before SecurityMiddleware.",
                id="family_cms.E007",
            )
        ]
    before = installed[: installed.index(PATH)]
    if not before:
        return []
    return [
        checks.Warning(
            f"{PATH} does not stand first: {', '.join(before)} stands before it.",
            hint=(
                "What stands before it may redirect the API's addresses or open a session. Silence "
                "family_cms.W001 for a middleware of your own that leaves the API alone."
            ),
            id="family_cms.W001",
        )
    ]
