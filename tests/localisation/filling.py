"""Fills a page or a record to the last leaf, with a word where it is language and facts elsewhere.

What is language is read from the declarations: ``text_fields`` of models, and the base of blocks.
"""

from __future__ import annotations

import uuid
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page, TranslatableMixin

from centres.models import LegalReference, Place
from cms.blocks import DataBlock, PhoneBlock, TranslatableTextBlock
from cms.fields import PartialDateField, PhoneNumberField
from cms.terms import TermsBlock, TermsField
from cms.translation import _is_content
from tests.pictures import picture

PHONE = "+39 0332 277111"
MATCHES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z": "{}",
    r"^[IVXLC]+\Z": "XII",
    r"^[0-9]+(/[0-9A-Za-z]+)?\Z": "2315/2019",
    r"^\d{5}\Z": "21100",
    r"^urn:nir:": "urn:nir:{}",
}
"""A value for each pattern that a field asks for; a new pattern needs one here."""


class UndecidedError(AssertionError):
    """A block of which nobody said whether it is language or data."""


class Filling:
    """``words`` and ``facts`` are the marks that were written, as language and as data."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.facts: set[str] = set()
        self.locale = Locale.get_default()
        self.image = get_image_model().objects.create(title="x", file=picture("x.png", "red"))

    def word(self) -> str:
        return self._mark("word", self.words)

    def fact(self) -> str:
        return self._mark("fact", self.facts)

    def _mark(self, kind: str, marks: set[str]) -> str:
        mark = f"{kind}{len(marks) + 1:04d}"
        marks.add(mark)
        return mark

    # Models

    def filled(self, model: type[models.Model]) -> Any:
        """Return an unsaved *model* with every field and two rows of every kind."""
        instance = model(**self._fields(model))
        if issubclass(model, ClusterableModel):
            for relation in get_all_child_relations(model):
                if relation.name == COMMENTS_RELATION_NAME:
                    continue
                rows = [
                    relation.related_model(**self._fields(relation.related_model), sort_order=order)
                    for order in range(2)
                ]
                _keep_apart(rows)
                setattr(instance, relation.get_accessor_name(), rows)
        if isinstance(instance, Place):
            assert instance.comune is not None
            instance.postal_code = instance.comune.postal_codes[0]
        return instance

    def _fields(self, model: type[models.Model]) -> dict[str, Any]:
        texts = getattr(model, "text_fields", ())
        found = {
            field.name: self._field(field, text=field.name in texts)
            for field in model._meta.get_fields()
            if isinstance(field, models.Field) and _is_content(field, model)
        }
        if issubclass(model, TranslatableMixin):
            found["locale"] = self.locale
        return found

    def _field(self, field: Any, *, text: bool) -> Any:
        if isinstance(field, StreamField):
            return field.stream_block.to_python(self._stream(field.stream_block, text=text))
        if isinstance(field, RichTextField):
            return self._rich_text() if text else f"<p>{self.fact()}</p>"
        if isinstance(field, TermsField):
            return [key for key, _name in field.formfield().choices][:2]
        if isinstance(field, models.ForeignKey):
            return self._object(field.related_model)
        if field.choices:
            return field.choices[-1][0]
        if text:
            return self.word()
        return self._fact_of(field)

    def _fact_of(self, field: Any) -> Any:
        """Return a value that passes the field's own validation."""
        if isinstance(field, PhoneNumberField):
            return PHONE
        if isinstance(field, PartialDateField):
            return "2024-12"
        if isinstance(field, models.URLField):
            return f"https://{self.fact()}.example.org/"
        if isinstance(field, models.EmailField):
            return f"{self.fact()}@example.org"
        if isinstance(field, models.CharField | models.TextField):
            for validator in field.validators:
                if isinstance(validator, RegexValidator) and validator.regex.pattern in MATCHES:
                    return MATCHES[validator.regex.pattern].format(self.fact())
            return self.fact()
        if field.name == "year":
            return 2024
        for kind, value in FACTS_OF_FIELDS.items():
            if isinstance(field, kind):
                return value
        raise AssertionError(f"Say in FACTS_OF_FIELDS what a {type(field).__name__} may hold.")

    def _object(self, model: type[models.Model]) -> Any:
        if model is get_image_model():
            return self.image
        rows = model._default_manager.all()
        if issubclass(model, TranslatableMixin):
            rows = rows.filter(locale=self.locale)
        return rows.order_by("pk").first()

    # Blocks

    def _stream(self, block: Any, *, text: bool) -> list[dict[str, Any]]:
        return [
            {"type": name, "value": self._block(child, text=text), "id": str(uuid.uuid4())}
            for name, child in block.child_blocks.items()
        ]

    def _block(self, block: blocks.Block, *, text: bool) -> Any:
        """Return the raw value of *block*; without *text* its words are facts."""
        if isinstance(block, blocks.BaseStructBlock):
            return {name: self._block(b, text=text) for name, b in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [
                {"type": "item", "value": self._block(block.child_block, text=text), "id": key}
                for key in (str(uuid.uuid4()), str(uuid.uuid4()))
            ]
        if isinstance(block, blocks.BaseStreamBlock):
            return self._stream(block, text=text)
        if isinstance(block, DataBlock):
            return self._data_block(block)
        if not isinstance(block, TranslatableTextBlock):
            raise UndecidedError(f"{block.name}: is a {type(block).__name__} language or data?")
        if isinstance(block, blocks.RichTextBlock):
            return self._rich_text() if text else f"<p>{self.fact()}</p>"
        return self.word() if text else self.fact()

    def _data_block(self, block: Any) -> Any:
        if isinstance(block, PhoneBlock):
            return PHONE
        if isinstance(block, blocks.URLBlock):
            return f"https://{self.fact()}.example.org/"
        if isinstance(block, blocks.EmailBlock):
            return f"{self.fact()}@example.org"
        if isinstance(block, TermsBlock):
            return [key for key, _name in block.field.choices][:2]
        if isinstance(block, blocks.MultipleChoiceBlock):
            return [block.field.choices[0][0], block.field.choices[-1][0]]
        if isinstance(block, blocks.ChoiceBlock):
            return block.field.choices[-1][0]
        if isinstance(block, blocks.ChooserBlock):
            return self._object(block.target_model).pk
        if isinstance(block, blocks.CharBlock):
            return self.fact()
        for kind, value in FACTS_OF_BLOCKS.items():
            if isinstance(block, kind):
                # An image that is decorative has no words.
                return value if block.name != "decorative" else False
        raise AssertionError(f"Say in FACTS_OF_BLOCKS what a {type(block).__name__} may hold.")

    def _rich_text(self) -> str:
        """Sentences and list items, with links elsewhere, to a page, a document and an act."""
        page = Page.objects.filter(depth=2).first()
        act = LegalReference.objects.filter(locale=self.locale).first()
        assert page is not None
        assert act is not None
        return (
            f"<p>{self.word()} <b>{self.word()}</b> "
            f'<a href="https://{self.fact()}.example.org/">{self.word()}</a></p>'
            f'<ul><li><a href="mailto:{self.fact()}@example.org">{self.word()}</a></li>'
            f'<li>{self.word()} <a id="{page.pk}" linktype="page">{self.word()}</a></li></ul>'
            f'<p><a id="{act.translation_key}" linktype="act">{self.word()}</a> {self.word()}</p>'
        )


FACTS_OF_FIELDS: dict[type[Any], Any] = {
    models.BooleanField: True,
    models.DateField: date(2024, 12, 3),
    models.DecimalField: Decimal("45.500000"),
    models.IntegerField: 3,
}
FACTS_OF_BLOCKS: dict[type[Any], Any] = {
    blocks.BooleanBlock: True,
    blocks.IntegerBlock: 7,
    blocks.DateBlock: date(2024, 12, 3).isoformat(),
    blocks.TimeBlock: time(9, 30).isoformat(),
}


def _keep_apart(rows: list[Any]) -> None:
    """Give the second of two rows another object where a constraint forbids the same."""
    for constraint in rows[0]._meta.constraints:
        for name in constraint.fields:
            field = rows[0]._meta.get_field(name)
            if isinstance(field, ParentalKey) or not isinstance(field, models.ForeignKey):
                continue
            others = field.related_model._default_manager.exclude(pk=getattr(rows[0], name).pk)
            if name != "locale":
                setattr(rows[1], name, others.order_by("pk").last())
