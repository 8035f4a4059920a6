"""The pages of the stand-alone site that are not about centres."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.narrative import NarrativeStreamBlock
from cms.blocks.text import RICH_TEXT_FEATURES
from cms.delivery.look import Look
from cms.delivery.narrative import narrative
from cms.delivery.reads import Reads
from cms.delivery.rich_text import formatted
from cms.fields import ContentStreamField
from cms.translation import PAGE_TEXT_FIELDS, TextFieldsMixin


class NarrativePage(TextFieldsMixin, Page):
    """A page of formatted text, rendered with links that lead only to what is public."""

    class Meta(Page.Meta):
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        look = Look(get_language() or self.locale.language_code, Reads())
        context["introduction"] = formatted(self.introduction, look)
        context["blocks"] = [block.model_dump() for block in narrative(self.body, look)]
        return context


class HomePage(NarrativePage):
    """The entrance, one per site and locale."""

    introduction = RichTextField(_("introduction"), features=RICH_TEXT_FEATURES, blank=True)
    body = ContentStreamField(
        NarrativeStreamBlock(required=False), blank=True, verbose_name=_("body")
    )

    text_fields: ClassVar[tuple[str, ...]] = (*PAGE_TEXT_FIELDS, "introduction", "body")
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta(Page.Meta):
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["children"] = (
            self.get_children().live().public().defer_streamfields().order_by("path")
        )
        return context


class StandardPage(NarrativePage):
    """A page of text: accessibility, privacy, legal notes, the API for developers."""

    introduction = RichTextField(_("introduction"), features=RICH_TEXT_FEATURES, blank=True)
    body = ContentStreamField(
        NarrativeStreamBlock(required=False), blank=True, verbose_name=_("body")
    )

    text_fields: ClassVar[tuple[str, ...]] = (*PAGE_TEXT_FIELDS, "introduction", "body")
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta(Page.Meta):
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
