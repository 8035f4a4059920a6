"""Model fields of the content model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField

from cms.blocks.text import RICH_TEXT_FEATURES
from cms.formatted_segments import formatted_segments, restored_html
from cms.partial_dates import PartialDate
from cms.phone_numbers import normalise_phone_number

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
    TextLineField = models.CharField[str, str]
    AddressField = models.URLField[str, str]
else:
    # Only the type stubs know what a field holds.
    AnyField, TextLineField, AddressField = models.Field, models.CharField, models.URLField


class ContentStreamField(StreamField):
    """A StreamField that keeps its block definitions out of migrations.

    Migrations see a plain ``JSONField``. Written into migrations, definitions change with every
    label and grow without end; and an *empty* StreamField in a migration would erase the content
    when a historic model is saved.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = models.Field.deconstruct(self)
        return str(name), "django.db.models.JSONField", [], dict(kwargs)

    def clone(self) -> ContentStreamField:
        _name, _path, _args, kwargs = models.Field.deconstruct(self)
        options = {key: value for key, value in self.block_opts.items() if key != "required"}
        return type(self)(
            self.block_types_arg, block_lookup=self.block_lookup, **options, **dict(kwargs)
        )


class FormattedTextField(RichTextField):
    """Formatted text with links and citations, whose addresses no translator can change.

    Migrations see a plain ``RichTextField``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs

    def get_translatable_segments(self, value: str) -> list[Any]:
        return formatted_segments(value)

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return restored_html(segments)


class PartialDateField(AnyField):
    """A date known to the day, the month or the year: ``2024-12-03``, ``2024-12`` or ``2024``.

    Stored as its ISO 8601 text (sorts in order of time), read as
    :class:`cms.partial_dates.PartialDate` or ``None``.
    """

    description = _("Date known to the day, the month or the year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs["null"] = kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> PartialDateField:
        _name, _path, args, kwargs = super().deconstruct()
        return type(self)(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: object) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if not value or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(
                _("Enter a year, a month or a day: 2024, 2024-12 or 2024-12-03."),
                code="invalid_partial_date",
            ) from error

    def get_prep_value(self, value: Any) -> str | None:
        parsed = self.to_python(super().get_prep_value(value))
        return str(parsed) if parsed else None

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return str(value) if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        hint = _("A day, a month or a year: 2024-12-03, 2024-12 or 2024.")
        return super().formfield(**{"help_text": self.help_text or hint, **kwargs})


class PhoneNumberField(TextLineField):
    """A telephone number, kept in international form: ``+39 0332 277111``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return normalise_phone_number(text) if text else text


class SafeURLField(AddressField):
    """An absolute ``http`` or ``https`` address; a script scheme is refused."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("assume_scheme", "https")
        return super().formfield(*args, **kwargs)
