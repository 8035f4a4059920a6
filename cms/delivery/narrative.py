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
from cms.delivery.schemas import Code, DocumentPart, FormattedText, Line, Rendition, Url


class Heading(DocumentPart):
    text: Line
    level: HeadingLevel


class Callout(DocumentPart):
    kind: Code
    title: Line
    content: FormattedText


class Image(DocumentPart):
    renditions: list[Rendition] = Field(max_length=10)


class Link(DocumentPart):
    label: Line
    url: Url


class Links(DocumentPart):
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


def narrative(stream: Iterable[Any], look: Look) -> list[Any]:
    """Build the blocks of a narrative body; one that shows nothing is left out."""
    stream = list(stream)
    look.renditions(
        [child.value for child in stream if child.block_type == "image" and child.value]
    )
    built = (_BUILDERS[child.block_type](str(child.id), child.value, look) for child in stream)
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


def _heading(block_id: str, value: Any, look: Look) -> HeadingBlock:
    return HeadingBlock(
        id=block_id, value=Heading(text=value["text"], level=HeadingLevel(value["level"]))
    )


def _paragraph(block_id: str, value: Any, look: Look) -> ParagraphBlock | None:
    text = formatted(value.source, look)
    return ParagraphBlock(id=block_id, value=text) if text else None


def _callout(block_id: str, value: Any, look: Look) -> CalloutBlock | None:
    text = formatted(value["text"].source, look)
    if text is None:
        return None
    callout = Callout(kind=value["kind"], title=value["title"], content=text)
    return CalloutBlock(id=block_id, value=callout)


def _image(block_id: str, value: Any, look: Look) -> ImageBlock | None:
    if value is None:
        return None
    alt = "" if value.decorative else value.contextual_alt_text or ""
    sizes = renditions(value, alt, look)
    return ImageBlock(id=block_id, value=Image(renditions=sizes)) if sizes else None


def _links(block_id: str, value: Any, look: Look) -> LinksBlock | None:
    pages = look.pages(row["page"].pk for row in value["links"] if row["page"])
    found = []
    for row in value["links"]:
        url = row["url"] or None
        if row["page"]:
            state = pages.get(row["page"].pk)
            url = look.page_url(state.instance) if state else None
        if url:
            found.append(Link(label=row["label"], url=url))
    return (
        LinksBlock(id=block_id, value=Links(title=value["title"], links=found)) if found else None
    )


_BUILDERS: dict[str, Callable[[str, Any, Look], Any]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "callout": _callout,
    "image": _image,
    "links": _links,
}
register_stream(NarrativeStreamBlock, _BUILDERS)


def renditions(image: Any, alt: str, look: Look) -> list[Rendition]:
    """Return the sizes of *image* that exist, with the alternative text of its place.

    The worker is asked for the others; it marks the image when they are made.
    """
    return [
        Rendition(
            url=links.file_url(rendition.url, look.reads),
            width=rendition.width,
            height=rendition.height,
            alt=alt,
            mime=mimetypes.guess_type(rendition.file.name)[0] or "application/octet-stream",
        )
        for rendition in look.renditions([image])[image.pk]
    ]
