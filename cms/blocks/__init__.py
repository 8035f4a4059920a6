"""Blocks that say of every value whether it is language or data.

``cms.blocks.data`` holds what translators never see; ``cms.blocks.text`` what they translate.
A system check (``family_cms.E001``) refuses Wagtail's own character blocks, which leave it open.
"""

from cms.blocks.data import (
    AgeBlock,
    CodeBlock,
    DataBlock,
    DataImageChooserBlock,
    DateBlock,
    EmailBlock,
    FlagBlock,
    LinkURLBlock,
    PhoneBlock,
    RecordChooserBlock,
    TimeBlock,
)
from cms.blocks.text import (
    RichParagraphBlock,
    TextBlock,
    TextLineBlock,
    TranslatableTextBlock,
)

__all__ = [
    "AgeBlock",
    "CodeBlock",
    "DataBlock",
    "DataImageChooserBlock",
    "DateBlock",
    "EmailBlock",
    "FlagBlock",
    "LinkURLBlock",
    "PhoneBlock",
    "RecordChooserBlock",
    "RichParagraphBlock",
    "TextBlock",
    "TextLineBlock",
    "TimeBlock",
    "TranslatableTextBlock",
]
