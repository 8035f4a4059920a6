"""Language, data and terms: E001 to E003."""

from __future__ import annotations

from typing import Any

from django.core import checks
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from cms.blocks.data import DataBlock
from cms.blocks.text import TranslatableTextBlock
from cms.checks.scope import our_models, walk_blocks

CHARACTERS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.RawHTMLBlock,
    blocks.ChooserBlock,
)


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
        for model in our_models()
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
        for model in our_models()
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
        for model in our_models()
        for name in getattr(model, "text_fields", ())
        if name not in {field.name for field in model._meta.get_fields()}
    ]
