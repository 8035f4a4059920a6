"""The page of the acts: each with its own anchor, in order of time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.delivery.serving import DocumentMixin, documents
from cms.fields import FormattedTextField
from cms.translation import PAGE_TEXT_FIELDS, TextFieldsMixin


class LegalReferencesPage(DocumentMixin, TextFieldsMixin, Page):
    """Shows every public act, the chain of updates, and where each act is used."""

    introduction = FormattedTextField(_("introduction"), blank=True)

    text_fields: ClassVar[tuple[str, ...]] = (*PAGE_TEXT_FIELDS, "introduction")
    subpage_types: ClassVar[list[str]] = []
    template = "centres/legal_references_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta(Page.Meta):
        verbose_name = _("page of legal references")
        verbose_name_plural = _("pages of legal references")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        locale = get_language() or self.locale.language_code
        context["acts"] = documents("legal-references", locale)
        return context
