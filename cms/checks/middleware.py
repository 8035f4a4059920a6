"""E007 and W001: the API is answered by a middleware, and only from its place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.middleware.security import SecurityMiddleware
from django.utils.module_loading import import_string

PATH = "cms.http.middleware.ApiMiddleware"


@checks.register
def check_api_middleware(**kwargs: Any) -> list[checks.CheckMessage]:
    """The API middleware is installed, right after Django's ``SecurityMiddleware``."""
    installed = list(settings.MIDDLEWARE)
    if PATH not in installed:
        return [
            checks.Error(
                f"{PATH} is not in MIDDLEWARE: nothing answers below the API's prefix.",
                hint="Put it right after django.middleware.security.SecurityMiddleware.",
                id="family_cms.E007",
            )
        ]
    before = installed[: installed.index(PATH)]
    after = installed[len(before) + 1 :]
    wrong = [path for path in before if not _is_security(path)]
    if wrong:
        return [_misplaced(f"{', '.join(wrong)} stands before it and changes the API's answers.")]
    if any(_is_security(path) for path in after):
        return [_misplaced("SecurityMiddleware stands after it and does not reach the API.")]
    return []


def _misplaced(reason: str) -> checks.CheckMessage:
    return checks.Warning(
        f"{PATH} is not right after SecurityMiddleware: {reason}",
        hint=(
            "Sessions, languages, slashes and redirects are not for the API: LocaleMiddleware "
            "turns its 404 into a redirect. Silence family_cms.W001 for a middleware of your own "
            "that leaves the API alone."
        ),
        id="family_cms.W001",
    )


def _is_security(path: str) -> bool:
    try:
        middleware = import_string(path)
    except ImportError:
        return False
    return isinstance(middleware, type) and issubclass(middleware, SecurityMiddleware)
