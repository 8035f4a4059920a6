"""The document that a page shows: the stored entry, or one built for whoever may see it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from wagtail.models import Page

from cms.content_languages import page_in, page_language
from cms.delivery import resources
from cms.delivery.models import Entry
from cms.delivery.projection import preview


def document_for(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return the document of *page* in the locale of its tree.

    A preview, a page that only some may see, and one whose entry is still to come are built in
    memory. Costs one query otherwise.
    """
    locale = translation.get_language() or page.locale.language_code
    resource = resources.for_model(type(page))
    if resource is not None and not getattr(request, "is_preview", False):
        stored = (
            Entry.objects.filter(
                resource=resource.name,
                public_id=page.translation_key,
                locale=locale,
                deleted=False,
            )
            .values_list("document", flat=True)
            .first()
        )
        if stored:
            return dict(json.loads(stored))
    return preview(page, locale)


def documents(resource: str, locale: str) -> list[dict[str, Any]]:
    """Return all public documents of *resource* in *locale*, in their order; one query."""
    stored = Entry.objects.filter(resource=resource, locale=locale, deleted=False)
    return [
        json.loads(text)
        for text in stored.order_by("sort_key", "public_id").values_list("document", flat=True)
    ]


class DocumentMixin:
    """For a page whose template renders its document: what the API shows is what it shows."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["document"] = document_for(self, request)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _rendered(super().serve(request, *args, **kwargs))  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return _rendered(super().serve_preview(request, mode_name))  # type: ignore[misc]


def _rendered(response: HttpResponse) -> HttpResponse:
    """Render *response* while the language of the page, and that of its words, are known."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        with page_in(page_language()):
            response.render()
    return response
