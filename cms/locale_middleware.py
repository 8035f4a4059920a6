"""Chooses the language of a request among those that content is served in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.content_languages import is_served, served


class ContentLocaleMiddleware(LocaleMiddleware):
    """Django's own would lead a reader of a language that has no locale to a page in Italian.

    Below a prefix of such a language nothing is found; without a prefix the reader gets the first
    of the preferred languages that is served. The admin speaks its own languages.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        language = translation.get_language() or settings.LANGUAGE_CODE
        if _is_admin(request):
            allowed = [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
            known = language in allowed
        else:
            known = is_served(language)
            allowed = [] if known else served()
        if not known:
            translation.activate(_preferred(request, allowed))
            request.LANGUAGE_CODE = translation.get_language()


def _is_admin(request: HttpRequest) -> bool:
    try:
        return request.path_info.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def _preferred(request: HttpRequest, allowed: list[str]) -> str:
    header = request.headers.get("Accept-Language", "")[:500]
    for code, _quality in parse_accept_lang_header(header):
        try:
            variant = get_supported_language_variant(code)
        except LookupError:
            continue
        if variant in allowed:
            return variant
    return settings.LANGUAGE_CODE
