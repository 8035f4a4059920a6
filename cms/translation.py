"""Which fields are language and which are data.

wagtail-localize offers every ``CharField`` to translators, act numbers and postal codes included,
and lets them override what is synchronised. A model of this project states its texts, and all the
rest is data: copied from the source language, never offered, never overridden.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, TranslatableMixin
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

PAGE_BOOKKEEPING = frozenset(
    {"go_live_at", "expire_at", "first_published_at", "content_type", "owner", "locale"}
)
TREE_BOOKKEEPING = frozenset({"path", "depth", "numchild"})


class TextFields:
    """Class property that lists a model's fields for wagtail-localize from its ``text_fields``.

    ``text_fields`` names the fields whose words a translator writes. Child relations to
    translatable rows are followed; everything else is synchronised and cannot be overridden.
    """

    def __get__(
        self, instance: models.Model | None, owner: type[models.Model]
    ) -> list[BaseTranslatableField]:
        texts = frozenset(getattr(owner, "text_fields", ()))
        fields = [
            TranslatableField(field.name)
            if field.name in texts
            else SynchronizedField(field.name, overridable=False)
            for field in owner._meta.get_fields()
            if isinstance(field, models.Field) and _is_content(field, owner)
        ]
        if issubclass(owner, ClusterableModel):
            fields += [
                TranslatableField(relation.name)
                if issubclass(relation.related_model, TranslatableMixin)
                else SynchronizedField(relation.name, overridable=False)
                for relation in get_all_child_relations(owner)
                if relation.name != COMMENTS_RELATION_NAME
            ]
        return fields


def _is_content(field: models.Field[object, object], model: type[models.Model]) -> bool:
    if not field.editable or isinstance(
        field, models.AutoField | models.ManyToManyField | ParentalKey
    ):
        return False
    if isinstance(field, models.OneToOneField) and field.remote_field.parent_link:
        return False
    if not hasattr(field, "column") or field.column is None:
        return False
    if issubclass(model, Page):
        return field.name not in PAGE_BOOKKEEPING | TREE_BOOKKEEPING
    return field.name not in {"go_live_at", "expire_at", "first_published_at", "locale"}


class TextFieldsMixin(models.Model):
    """Declares ``text_fields``: the names of the fields that are language."""

    text_fields: ClassVar[tuple[str, ...]] = ()
    translatable_fields = TextFields()

    class Meta:
        abstract = True


PAGE_TEXT_FIELDS: tuple[str, ...] = ("title", "slug", "seo_title", "search_description")
"""The texts that every page has; a page whose title is an official name leaves it out."""
