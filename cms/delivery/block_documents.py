"""Which blocks of a stream its builder can write into a document.

The module that builds the documents of a stream announces the names it knows, from the table it
builds by. A block that editors could use and no builder knows is refused by a system check
(``family_cms.E004``), not by the first reader of the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from wagtail import blocks

_built: dict[type[blocks.BaseStreamBlock], frozenset[str]] = {}


def register_stream(
    stream_block: type[blocks.BaseStreamBlock], names: Iterable[str]
) -> frozenset[str]:
    """Announce that the blocks called *names* of *stream_block* have a document schema.

    Its subclasses have them too, and may announce more. Raises :class:`ValueError` for Wagtail's
    own stream block: a plain list of blocks has no class that a builder could stand for.
    """
    if stream_block.__module__.startswith("wagtail."):
        raise ValueError(f"{stream_block.__name__} is every stream: make a subclass.")
    _built[stream_block] = _built.get(stream_block, frozenset()) | frozenset(names)
    return _built[stream_block]


def built_names(stream_block: type[blocks.BaseStreamBlock]) -> frozenset[str] | None:
    """Return the names that builders know, or ``None`` where no builder knows the stream."""
    known = [_built[ancestor] for ancestor in stream_block.__mro__ if ancestor in _built]
    return frozenset[str]().union(*known) if known else None
