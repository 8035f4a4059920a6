"""Data blocks: values that are the same in every language and that translators never see."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.phone_numbers import normalise_phone_number

MAX_AGE = 120


class DataBlock:
    """Mixin: offers wagtail-localize no segment and keeps the source's value."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


class CodeBlock(DataBlock, blocks.CharBlock):
    """A code, a number or an official name."""


class EmailBlock(DataBlock, blocks.EmailBlock):
    """An e-mail address."""


class LinkURLBlock(DataBlock, blocks.URLBlock):
    """An absolute ``http`` or ``https`` address; a script scheme is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        validators = [*kwargs.pop("validators", ()), URLValidator(schemes=["http", "https"])]
        super().__init__(*args, validators=validators, **kwargs)


class PhoneBlock(DataBlock, blocks.CharBlock):
    """A telephone number, kept in international form."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return normalise_phone_number(cleaned) if cleaned else cleaned


class DateBlock(DataBlock, blocks.DateBlock):
    """A calendar day, without a time zone."""


class TimeBlock(DataBlock, blocks.TimeBlock):
    """A time of day on the wall clock of the place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format="%H:%M", **kwargs)


class AgeBlock(DataBlock, blocks.IntegerBlock):
    """An age in completed years, 0 to 120."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            validators=[MinValueValidator(0), MaxValueValidator(MAX_AGE)],
            **kwargs,
        )


class FlagBlock(DataBlock, blocks.BooleanBlock):
    """A tick that is data."""


class DataImageChooserBlock(DataBlock, ImageChooserBlock):
    """An image that is the same in every language."""


class RecordChooserBlock(DataBlock, SnippetChooserBlock):
    """Chooses a record of the source language; documents follow its translation key.

    wagtail-localize would point a translation at the translated row only on the next
    synchronisation; a document resolves the record in its own language when it is built.
    """
