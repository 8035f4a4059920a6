"""What translators get of formatted text: its sentences, and nothing else.

wagtail-localize offers the address of every link for another one beside the sentences. An address
is data: a translation leads where its source leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings


def formatted_segments(html: str) -> list[Any]:
    """Return the template of database HTML and its sentences, links taken out of both."""
    template, strings = extract_strings(html)
    return [
        TemplateSegmentValue("", "html", template, len(strings)),
        *(StringSegmentValue("", string, attrs=attrs) for string, attrs in strings),
    ]


def restored_html(segments: Sequence[Any]) -> str:
    """Return database HTML from the template, and sentences with the links of their source."""
    _format, template, strings = organise_template_segments(list(segments))
    return str(restore_strings(template, strings))
