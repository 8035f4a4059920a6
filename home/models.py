"""The pages of the stand-alone site that are not about centres."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.narrative import NarrativeStreamBlock
from cms.delivery.serving import DocumentMixin
from cms.fields import ContentStreamField, FormattedTextField
from cms.translation import PAGE_TEXT_FIELDS, TextFieldsMixin


class NarrativePage(DocumentMixin, TextFieldsMixin, Page):
    """A page of formatted text, rendered from its document."""

    introduction = FormattedTextField(_("introduction"), blank=True)
    body = ContentStreamField(
        NarrativeStreamBlock(required=False), blank=True, verbose_name=_("body")
    )

    text_fields: ClassVar[tuple[str, ...]] = (*PAGE_TEXT_FIELDS, "introduction", "body")
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta(Page.Meta):
        abstract = True


class HomePage(NarrativePage):
    """The entrance, one per site and locale; shows the pages right below it."""

    parent_page_types = ["wagtailcore.Page"]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta(NarrativePage.Meta):
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(NarrativePage):
    """A page of text: accessibility, privacy, legal notes, the API for developers."""

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta(NarrativePage.Meta):
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
