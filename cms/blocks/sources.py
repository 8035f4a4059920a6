"""Where a fact was read, and when: kept beside the fact, shown only to editors and by the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.data import DateBlock, LinkURLBlock


class SourceBlock(blocks.StructBlock):
    """An address and the day on which it was read (not a verification by the agency)."""

    url = LinkURLBlock(label=_("address"), max_length=500)
    checked_on = DateBlock(label=_("read on"), required=False)

    class Meta:
        icon = "link"
        label = _("source")


class SourcesStreamBlock(blocks.StreamBlock):
    """The sources of one record."""

    source = SourceBlock()
