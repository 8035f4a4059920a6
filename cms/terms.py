"""References to terms of a vocabulary by translation key: the same in every language.

A many-to-many field to a translatable model leaves translated pages with the source's terms
(wagtail-localize issues 820 and 534), and a foreign key points at one language's row. A list of
translation keys points at the concept; a document names it in its own language.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.models import Locale, TranslatableMixin

from cms.blocks.data import DataBlock

Reference = tuple[type[models.Model], str, str, str]


def as_keys(value: Any) -> list[str]:
    """Return *value* (keys, UUIDs or terms) as canonical UUID strings, without repeats."""
    items: Iterable[Any] = value or ()
    keys = (
        str(item.translation_key)
        if isinstance(item, TranslatableMixin)
        else str(uuid.UUID(str(item)))
        for item in items
    )
    return list(dict.fromkeys(keys))


def term_choices(model: str) -> Callable[[], list[tuple[str, str]]]:
    """Return the choices of a vocabulary in the default language, read when a form is made."""

    def choices() -> list[tuple[str, str]]:
        terms = _manager(model).filter(locale=Locale.get_default())
        return [(str(term.translation_key), str(term)) for term in terms]

    return choices


def _manager(label: str) -> models.Manager[TranslatableMixin]:
    return apps.get_model(label)._default_manager


def _references(model: str, keys: Any) -> Iterator[Reference]:
    manager = _manager(model)
    for pk in manager.filter(translation_key__in=as_keys(keys)).values_list("pk", flat=True):
        yield manager.model, str(pk), "", ""


class TermsField(models.JSONField):
    """A list of translation keys of the terms of one vocabulary, in no order of its own."""

    def __init__(self, model: str = "", *args: Any, **kwargs: Any) -> None:
        self.model_label = model
        kwargs["default"] = list
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clone(self) -> TermsField:
        _name, _path, args, kwargs = super().deconstruct()
        return type(self)(self.model_label, *args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        return as_keys(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        try:
            keys = as_keys(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid_term") from error
        return super().clean(keys, model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=term_choices(self.model_label),
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )

    def extract_references(self, value: Any) -> Iterator[Reference]:
        yield from _references(self.model_label, value)


class TermsBlock(DataBlock, blocks.MultipleChoiceBlock):
    """Ticks terms of one vocabulary inside a StreamField; its value is a list of keys."""

    def __init__(self, model: str = "", **kwargs: Any) -> None:
        self.model_label = model
        kwargs.setdefault("choices", term_choices(model))
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(**kwargs)

    def get_default(self) -> list[str]:
        return []

    def normalize_choice(self, value: Any) -> str | None:
        """Return a key as text. Wagtail would look it up among all terms, a query for each."""
        return None if value is None else str(value)

    def extract_references(self, value: Any) -> Iterator[Reference]:
        yield from _references(self.model_label, value)

    class Meta:
        icon = "tag"
