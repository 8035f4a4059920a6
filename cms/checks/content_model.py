"""Language, data and terms: E001 to E003."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin

from cms.blocks.data import DataBlock
from cms.blocks.text import TranslatableTextBlock
from cms.checks.scope import our_models, walk_blocks
from cms.fields import PhoneNumberField

WITHOUT_VALUE = (
    blocks.BaseStreamBlock,
    blocks.BaseStructBlock,
    blocks.ListBlock,
    blocks.StaticBlock,
)
"""Blocks that hold others, or nothing at all."""

READ_AS_TEXT = (blocks.CharBlock, blocks.TextBlock)
"""What wagtail-localize reads by itself; it passes over what it does not know, and says nothing."""

WORDS = (models.CharField, models.TextField, StreamField)
NO_WORDS = (models.URLField, models.EmailField, PhoneNumberField)


@checks.register
def check_blocks_state_text_or_data(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every block that holds a value says whether it is language or data."""
    return [
        error
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
        for path, block in walk_blocks(field.stream_block, f"{model.__name__}.{field.name}")
        for error in _block_errors(model, path, block)
    ]


def _block_errors(
    model: type[models.Model], path: str, block: blocks.Block
) -> Iterator[checks.CheckMessage]:
    kind = type(block).__name__
    if isinstance(block, TranslatableTextBlock):
        if not (isinstance(block, READ_AS_TEXT) or hasattr(block, "get_translatable_segments")):
            yield checks.Error(
                f"{path} is a {kind}, of which translators would get nothing.",
                hint="Give it get_translatable_segments and restore_translated_segments.",
                obj=model,
                id="family_cms.E001",
            )
    elif not isinstance(block, (DataBlock, *WITHOUT_VALUE)):
        yield checks.Error(
            f"{path} is a {kind} that does not say whether it is language or data.",
            hint="Use a block of cms.blocks.text or cms.blocks.data.",
            obj=model,
            id="family_cms.E001",
        )


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
        for model in our_models()
        for field in model._meta.local_many_to_many
        if issubclass(field.related_model, TranslatableMixin)
    ]


@checks.register
def check_text_fields_hold_words(**kwargs: Any) -> list[checks.CheckMessage]:
    """``text_fields`` names fields that the model has, and that hold words."""
    return [
        checks.Error(
            f"{model.__name__}.text_fields names {name!r}, {problem}.",
            obj=model,
            id="family_cms.E003",
        )
        for model in our_models()
        for name in getattr(model, "text_fields", ())
        if (problem := _text_field_problem(model, name))
    ]


def _text_field_problem(model: type[models.Model], name: str) -> str:
    field = next((item for item in model._meta.get_fields() if item.name == name), None)
    if field is None:
        return "which is no field of it"
    if type(field) is RichTextField:
        return "whose links a translator could change: make it a FormattedTextField"
    choices = getattr(field, "choices", None)
    if choices or not isinstance(field, WORDS) or isinstance(field, NO_WORDS):
        return "which holds data"
    return ""
