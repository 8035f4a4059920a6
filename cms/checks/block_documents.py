"""E004: a block that no builder knows would fail when its page is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from cms.checks.scope import our_models, walk_blocks
from cms.delivery import resources
from cms.delivery.block_documents import built_names
from cms.delivery.projected import child_models

HINT = (
    "Build it in the module that builds this stream's documents, whose register_stream() "
    "(cms.delivery.block_documents) names what it builds."
)
PLAIN_HINT = "Give the stream a subclass of StreamBlock, and announce it with register_stream()."


@checks.register
def check_blocks_have_documents(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every block of every stream has a document schema, also in streams inside blocks."""
    checked = dict.fromkeys([*our_models(), *_announced_models()])
    return [
        error
        for model in checked
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
        for path, block in walk_blocks(field.stream_block, f"{model.__name__}.{field.name}")
        if isinstance(block, blocks.BaseStreamBlock)
        for error in _errors(model, path, block)
    ]


def _announced_models() -> Iterator[type[models.Model]]:
    yield from (model for resource in resources.all_resources() for model in resource.models)
    yield from sorted(child_models(), key=lambda model: model._meta.label)


def _errors(
    model: type[models.Model], path: str, stream: blocks.BaseStreamBlock
) -> Iterator[checks.CheckMessage]:
    known = built_names(type(stream))
    if known is None:
        yield checks.Error(
            f"{path} is a {type(stream).__name__}, which no document builder knows.",
            hint=PLAIN_HINT if type(stream).__module__.startswith("wagtail.") else HINT,
            obj=model,
            id="family_cms.E004",
        )
        return
    for name in stream.child_blocks:
        if name not in known:
            yield checks.Error(
                f"{path}.{name} is a block without a document schema: pages and API cannot show "
                "it.",
                hint=HINT,
                obj=model,
                id="family_cms.E004",
            )
