"""The means of a programme: short statements, one below the other."""

from __future__ import annotations

from wagtail import blocks

from cms.blocks import TextLineBlock


class MeansStreamBlock(blocks.StreamBlock):
    """What a programme works with, in its own words."""

    item = TextLineBlock(max_length=255)
