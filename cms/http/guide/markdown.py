"""Markdown to accessible HTML: headings with anchors, code that scrolls by keyboard.

A fence states its language and then its caption, which for an example is the name of its file.
A line ``<!-- show: name -->`` is a directive: what it names is put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, groupby, pairwise

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

DIRECTIVE = re.compile(r"<!-- show: ([a-z_ ]+) -->\s*")
OWN = frozenset({"fence", "html_block"})
"""Tokens that are not left to the library."""

Directive = Callable[[str], str]


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A guide: its title, what stands before the first section, and the sections, as HTML."""

    title: str
    lead: str
    sections: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Fence:
    """A block of code: its language, its caption and its text."""

    language: str
    caption: str
    text: str


def parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def fences(source: str) -> list[Fence]:
    """Return the blocks of code of a guide, in their order."""
    return [_fence(token) for token in parser().parse(source) if token.type == "fence"]


def render(source: str, directive: Directive) -> Rendered:
    """Render *source*; *directive* returns the HTML of what a directive names.

    Raises ``ValueError`` for HTML that is no directive, and for a source without a title
    or a section.
    """
    markdown = parser()
    tokens = markdown.parse(source)
    if not tokens or tokens[0].tag != "h1":
        raise ValueError("A guide begins with its title.")
    title = tokens[1].content
    body = tokens[3:]
    headings = _anchor(body)
    if not headings:
        raise ValueError("A guide has sections.")
    first = next(n for n, token in enumerate(body) if token.tag == "h2")
    captions = count(1)

    def html(part: Sequence[Token]) -> str:
        pieces: list[str] = []
        for is_plain, group in groupby(part, lambda token: token.type not in OWN):
            if is_plain:
                pieces.append(markdown.renderer.render(list(group), markdown.options, {}))
                continue
            for token in group:
                if token.type == "fence":
                    pieces.append(_code(_fence(token), next(captions)))
                else:
                    pieces.append(_directed(token.content, directive))
        return mark_safe("".join(pieces))  # noqa: S308 (from our own files, escaped by piece)

    return Rendered(title, html(body[:first]), html(body[first:]), headings)


def _fence(token: Token) -> Fence:
    language, _space, caption = token.info.strip().partition(" ")
    return Fence(language, caption, token.content)


def _directed(content: str, directive: Directive) -> str:
    match = DIRECTIVE.fullmatch(content)
    if match is None:
        raise ValueError(f"A guide holds no HTML: {content[:60]!r}")
    return directive(match[1])


def _anchor(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Give the headings of sections their anchors and return them."""
    found = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            heading = Heading(slugify(inline.content), inline.content)
            token.attrSet("id", heading.anchor)
            found.append(heading)
    return tuple(found)


def _code(fence: Fence, number: int) -> str:
    return format_html(
        '<figure class="fc-code"><figcaption id="code-{0}">{1}</figcaption>'
        '<pre tabindex="0" role="group" aria-labelledby="code-{0}" translate="no">'
        '<code class="language-{2}">{3}</code></pre></figure>\n',
        number,
        fence.caption or fence.language,
        fence.language,
        fence.text,
    )
