"""The narrative body as a typed union of blocks, and its builder."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from cms.blocks.narrative import HeadingLevel, NarrativeStreamBlock
from cms.delivery import links
from cms.delivery.block_documents import register_stream
from cms.delivery.look import Look
from cms.delivery.rich_text import formatted
from cms.delivery.schemas import Code, DocumentPart, FormattedText, Line, Rendition, Url, Worded
from cms.delivery.untranslated import TRANSLATED, Untranslated


class Heading(Worded):
    text: Line
    level: HeadingLevel


class Callout(Worded):
    kind: Code
    title: Line
    content: FormattedText


class Image(DocumentPart):
    renditions: list[Rendition] = Field(max_length=10)


class Link(Worded):
    label: Line
    url: Url


class Links(Worded):
    title: Line
    links: list[Link] = Field(max_length=200)


class HeadingBlock(DocumentPart):
    type: Literal["heading"] = "heading"
    id: Code
    value: Heading


class ParagraphBlock(DocumentPart):
    type: Literal["paragraph"] = "paragraph"
    id: Code
    value: FormattedText


class CalloutBlock(DocumentPart):
    type: Literal["callout"] = "callout"
    id: Code
    value: Callout


class ImageBlock(DocumentPart):
    type: Literal["image"] = "image"
    id: Code
    value: Image


class LinksBlock(DocumentPart):
    type: Literal["links"] = "links"
    id: Code
    value: Links


NarrativeBlock = Annotated[
    HeadingBlock | ParagraphBlock | CalloutBlock | ImageBlock | LinksBlock,
    Field(discriminator="type"),
]
Narrative = Annotated[list[NarrativeBlock], Field(max_length=500)]


def narrative(
    stream: Iterable[Any], look: Look, untranslated: Untranslated = TRANSLATED
) -> list[Any]:
    """Build the blocks of a narrative body; one that shows nothing is left out.

    *untranslated* is what stands below the stream.
    """
    stream = list(stream)
    look.renditions(
        [child.value for child in stream if child.block_type == "image" and child.value]
    )
    built = (
        _BUILDERS[child.block_type](str(child.id), child.value, look, untranslated.below(child.id))
        for child in stream
    )
    return [block for block in built if block is not None]


def narrative_texts(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield the texts of built blocks, as ``q`` looks in them."""
    for block in blocks:
        if isinstance(block, HeadingBlock | ParagraphBlock):
            yield block.value.text
        elif isinstance(block, CalloutBlock):
            yield block.value.title
            yield block.value.content.text
        elif isinstance(block, LinksBlock):
            yield block.value.title
            yield from (link.label for link in block.value.links)


def _heading(block_id: str, value: Any, look: Look, left: Untranslated) -> HeadingBlock:
    heading = Heading(
        text=value["text"],
        level=HeadingLevel(value["level"]),
        text_languages=left.languages(text=value["text"]),
    )
    return HeadingBlock(id=block_id, value=heading)


def _paragraph(block_id: str, value: Any, look: Look, left: Untranslated) -> ParagraphBlock | None:
    text = formatted(value.source, look, left)
    return ParagraphBlock(id=block_id, value=text) if text else None


def _callout(block_id: str, value: Any, look: Look, left: Untranslated) -> CalloutBlock | None:
    text = formatted(value["text"].source, look, left.below("text"))
    if text is None:
        return None
    callout = Callout(
        kind=value["kind"],
        title=value["title"],
        content=text,
        text_languages=left.languages(title=value["title"]),
    )
    return CalloutBlock(id=block_id, value=callout)


def _image(block_id: str, value: Any, look: Look, left: Untranslated) -> ImageBlock | None:
    if value is None:
        return None
    alt = "" if value.decorative else value.contextual_alt_text or ""
    found = left.languages(alt_text=alt)
    sizes = renditions(value, alt, look, left.language if found else "")
    return ImageBlock(id=block_id, value=Image(renditions=sizes)) if sizes else None


def _links(block_id: str, value: Any, look: Look, left: Untranslated) -> LinksBlock | None:
    pages = look.pages(row["page"].pk for row in value["links"] if row["page"])
    found = []
    for item in value["links"].bound_blocks:
        row = item.value
        url = row["url"] or None
        if row["page"]:
            state = pages.get(row["page"].pk)
            url = look.page_url(state.instance) if state else None
        if url:
            below = left.below("links", item.id)
            languages = below.languages(label=row["label"])
            found.append(Link(label=row["label"], url=url, text_languages=languages))
    if not found:
        return None
    languages = left.languages(title=value["title"])
    links_part = Links(title=value["title"], links=found, text_languages=languages)
    return LinksBlock(id=block_id, value=links_part)


_BUILDERS: dict[str, Callable[[str, Any, Look, Untranslated], Any]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "callout": _callout,
    "image": _image,
    "links": _links,
}
register_stream(NarrativeStreamBlock, _BUILDERS)


def renditions(image: Any, alt: str, look: Look, alt_language: str = "") -> list[Rendition]:
    """Return the sizes of *image* that exist, with the alternative text of its place.

    *alt_language* is that of the text where it is not its document's.

    The worker is asked for the others; it marks the image when they are made.
    """
    return [
        Rendition(
            url=links.file_url(rendition.url, look.reads),
            width=rendition.width,
            height=rendition.height,
            alt=alt,
            text_languages={"alt": alt_language} if alt_language else None,
            mime=mimetypes.guess_type(rendition.file.name)[0] or "application/octet-stream",
        )
        for rendition in look.renditions([image])[image.pk]
    ]
