"""Which locale a reader gets: ``locale=`` wins, then ``Accept-Language``, then the default."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.content_languages import is_served, served
from cms.http.problems import ProblemError


@dataclass(frozen=True)
class ChosenLocale:
    """The locale of an answer; ``negotiated`` when the request's headers chose it."""

    code: str
    negotiated: bool

    def describe(self, response: HttpResponseBase) -> None:
        """Write ``Content-Language``, and ``Vary`` only where it was used."""
        response["Content-Language"] = self.code
        if self.negotiated:
            patch_vary_headers(response, ["Accept-Language"])


def configured() -> list[str]:
    """Return the codes of the languages that readers may ask for: those that have a locale."""
    return served()


def choose(request: HttpRequest, wanted: str | None) -> ChosenLocale:
    """Return the locale for *request*; one that is not configured is a 400 that names it."""
    if wanted is not None:
        if not is_served(wanted):
            raise ProblemError(
                400,
                "This locale is not configured.",
                {"locale": f"Use one of: {', '.join(served())}."},
            )
        return ChosenLocale(wanted, negotiated=False)
    header = request.headers.get("Accept-Language", "")[:500]
    for code, _quality in parse_accept_lang_header(header):
        if code == "*":
            break
        try:
            variant = get_supported_language_variant(code)
        except LookupError:
            continue
        if variant in served():
            return ChosenLocale(variant, negotiated=True)
    return ChosenLocale(settings.LANGUAGE_CODE, negotiated=True)
