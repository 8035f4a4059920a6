"""``GET /locales``: the languages that documents are served in."""

from __future__ import annotations

import json
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_info
from ninja import NinjaAPI, Schema
from pydantic import Field

from cms.delivery.schemas import LanguageTag, Line, Url
from cms.http.conditional import json_response, not_modified, validators_of
from cms.http.listing import LOCALE
from cms.http.locales import choose, configured
from cms.http.operations import described
from cms.http.parameters import refuse_unknown
from cms.http.shapes import Problem


class LocaleItem(Schema):
    """A language: its name in itself, and in the language that was asked for."""

    code: LanguageTag
    local_name: Line
    name: Line
    direction: Literal["ltr", "rtl"]
    is_default: bool = Field(description="Where a translation is missing, its texts are shown.")


class LocaleList(Schema):
    items: list[LocaleItem] = Field(max_length=100)
    next: Url | None = Field(description="Always null: the list has one page.")


def locales_response(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /locales``; reads nothing from the database."""
    refuse_unknown(request, (LOCALE,))
    locale = choose(request, request.GET.get("locale"))
    with translation.override(locale.code):
        items = [_item(code) for code in configured()]
    content = json.dumps({"items": items, "next": None}, ensure_ascii=False)
    validators = validators_of(content)
    response = not_modified(request, validators) or json_response(content, validators)
    locale.describe(response)
    return response


def _item(code: str) -> dict[str, object]:
    info = get_language_info(code)
    return {
        "code": code,
        "local_name": info["name_local"],
        "name": str(info["name_translated"]),
        "direction": "rtl" if info["bidi"] else "ltr",
        "is_default": code == settings.LANGUAGE_CODE,
    }


def add_locales(api: NinjaAPI) -> None:
    """Add the operation to *api*."""

    @api.get(
        "/locales",
        response={200: LocaleList, 304: None, 400: Problem},
        operation_id="list_locales",
        summary="The configured languages",
        description="Every object has a document in each of them, translated or marked as a "
        "fallback. Names are told in the language itself and in the one that was asked for.",
        tags=["Service"],
        openapi_extra=described((LOCALE,)),
    )
    def list_locales(request: HttpRequest) -> HttpResponse:
        return locales_response(request)
