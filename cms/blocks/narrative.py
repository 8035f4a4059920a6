"""The narrative body of pages: what is told rather than looked up."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.blocks.data import DataBlock, DataImageChooserBlock, FlagBlock, LinkURLBlock
from cms.blocks.text import RichParagraphBlock, TextLineBlock


class HeadingLevel(models.TextChoices):
    """Levels below the page's one ``h1``."""

    SECTION = "h2", _("section")
    SUBSECTION = "h3", _("subsection")


class CalloutKind(models.TextChoices):
    INFORMATION = "information", _("information")
    IMPORTANT = "important", _("important")


class HeadingLevelBlock(DataBlock, blocks.ChoiceBlock):
    choices = HeadingLevel.choices

    class Meta:
        default = HeadingLevel.SECTION


class CalloutKindBlock(DataBlock, blocks.ChoiceBlock):
    choices = CalloutKind.choices

    class Meta:
        default = CalloutKind.INFORMATION


class DataPageChooserBlock(DataBlock, blocks.PageChooserBlock):
    """A page by its source-language row; a document links its own language's page."""


class HeadingBlock(blocks.StructBlock):
    text = TextLineBlock(label=_("heading"), max_length=255)
    level = HeadingLevelBlock(label=_("level"))

    class Meta:
        icon = "title"
        label = _("heading")
        label_format = "{text}"


class ParagraphBlock(RichParagraphBlock):
    class Meta:
        icon = "pilcrow"
        label = _("paragraph")


class CalloutBlock(blocks.StructBlock):
    """A passage that must not be overlooked."""

    kind = CalloutKindBlock(label=_("kind"))
    title = TextLineBlock(label=_("title"), max_length=255)
    text = RichParagraphBlock(label=_("text"))

    class Meta:
        icon = "warning"
        label = _("callout")
        label_format = "{title}"


class DescribedImageBlock(ImageBlock):
    """An image with its alternative text in this place, or marked as decorative.

    Its own children take the place of Wagtail's, of which wagtail-localize would let a translator
    choose another image.
    """

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        children = [
            ("image", DataImageChooserBlock(label=_("image"), required=required)),
            ("decorative", FlagBlock(label=_("the image is decorative"), required=False)),
            ("alt_text", TextLineBlock(label=_("alternative text"), required=False)),
        ]
        blocks.StructBlock.__init__(self, children, **kwargs)

    class Meta:
        icon = "image"
        label = _("image")


class LinkBlock(blocks.StructBlock):
    """A link to a page of this site or to an address elsewhere."""

    label = TextLineBlock(label=_("text of the link"), max_length=255)
    page = DataPageChooserBlock(label=_("page"), required=False)
    url = LinkURLBlock(label=_("address elsewhere"), required=False, max_length=500)

    class Meta:
        icon = "link"
        label = _("link")


class LinksBlock(blocks.StructBlock):
    """A titled list of links."""

    title = TextLineBlock(label=_("title"), max_length=255)
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "list-ul"
        label = _("links")
        label_format = "{title}"


class NarrativeStreamBlock(blocks.StreamBlock):
    """What a narrative body is made of."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    callout = CalloutBlock()
    image = DescribedImageBlock()
    links = LinksBlock()
