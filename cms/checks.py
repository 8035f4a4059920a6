"""Project rules that a reviewer would forget, held by Django's system checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import TranslatableMixin

from cms.blocks.data import DataBlock
from cms.blocks.text import TranslatableTextBlock

OUR_APPS = frozenset({"family_cms", "family_delivery", "family_feedback", "home", "centres"})
CHARACTERS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.RawHTMLBlock,
    blocks.ChooserBlock,
)


def _our_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.app_label in OUR_APPS and model.__module__.split(".")[0] in {
            "cms",
            "home",
            "centres",
            "feedback",
            "tests",
        }:
            yield model


def walk_blocks(block: blocks.Block, path: str) -> Iterator[tuple[str, blocks.Block]]:
    """Yield every block below *block* with its dotted path."""
    yield path, block
    if isinstance(block, ImageBlock):
        return
    if isinstance(block, blocks.ListBlock):
        yield from walk_blocks(block.child_block, f"{path}.item")
    for name, child in getattr(block, "child_blocks", {}).items():
        yield from walk_blocks(child, f"{path}.{name}")


@checks.register
def check_blocks_state_text_or_data(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every block that holds characters says whether it is language or data."""
    return [
        checks.Error(
            f"{path} is a {type(block).__name__} that does not say whether it is language or data.",
            hint="Use a block of cms.blocks.text or cms.blocks.data.",
            obj=model,
            id="family_cms.E001",
        )
        for model in _our_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
        for path, block in walk_blocks(field.stream_block, f"{model.__name__}.{field.name}")
        if isinstance(block, CHARACTERS)
        and not isinstance(block, DataBlock | TranslatableTextBlock)
    ]


@checks.register
def check_no_many_to_many_to_translatable(**kwargs: Any) -> list[checks.CheckMessage]:
    """A many-to-many field leaves translated pages with the source's terms."""
    return [
        checks.Error(
            f"{model.__name__}.{field.name} is many-to-many to a translatable model.",
            hint="Use cms.terms.TermsField (wagtail-localize issues 820 and 534).",
            obj=model,
            id="family_cms.E002",
        )
        for model in _our_models()
        for field in model._meta.local_many_to_many
        if issubclass(field.related_model, TranslatableMixin)
    ]


@checks.register
def check_text_fields_exist(**kwargs: Any) -> list[checks.CheckMessage]:
    """``text_fields`` names fields that the model has."""
    return [
        checks.Error(
            f"{model.__name__}.text_fields names {name!r}, which is no field of it.",
            obj=model,
            id="family_cms.E003",
        )
        for model in _our_models()
        for name in getattr(model, "text_fields", ())
        if name not in {field.name for field in model._meta.get_fields()}
    ]
