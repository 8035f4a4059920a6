"""Text blocks: what translators see, sentence by sentence."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText

from cms.formatted_segments import formatted_segments, restored_html

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "citation"]


class TranslatableTextBlock:
    """Mixin that marks a block as language; wagtail-localize handles it by its Wagtail base."""


class TextLineBlock(TranslatableTextBlock, blocks.CharBlock):
    """One line of text."""


class TextBlock(TranslatableTextBlock, blocks.TextBlock):
    """Plain text of several lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("rows", 3)
        super().__init__(*args, **kwargs)


class RichParagraphBlock(TranslatableTextBlock, blocks.RichTextBlock):
    """Formatted text with links and citations of acts, without headings or images."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(*args, **kwargs)

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return formatted_segments(value.source)

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> RichText:
        return RichText(restored_html(segments))
