"""Where the money comes from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.records import TranslatedRecord


class FundingSource(TranslatedRecord):
    """A source of money, with the act that established it."""

    name = models.CharField(_("name"), max_length=255)
    established_by = models.ForeignKey(
        "centres.LegalReference",
        verbose_name=_("established by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pinpoint = models.CharField(
        _("article"), max_length=100, blank=True, help_text=_("Such as: art. 19, c. 1")
    )

    text_fields: ClassVar[tuple[str, ...]] = ("name",)
    chooser_fields: ClassVar[tuple[str, ...]] = ("name", "established_by", "pinpoint")
    panels = [FieldPanel("name"), FieldPanel("established_by"), FieldPanel("pinpoint")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatedRecord.Meta):
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
