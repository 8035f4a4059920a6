"""Dependency keys: what a builder looked at, and what a write touched, in one vocabulary.

A key names a concept by its public id, never a row: a first translation is a new row of a concept
that a document may already have looked for in vain.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.apps import apps
from django.db import models
from wagtail.models import Page

EVERYTHING: Final = "everything"
"""A write after which every entry is built anew, such as a new locale."""

SITE: Final = "site"
"""Host names and roots of sites: every absolute URL depends on them."""


def page_key(translation_key: UUID) -> str:
    """The page itself: its fields, its publication, its variants in all languages."""
    return f"page:{translation_key}"


def path_key(translation_key: UUID) -> str:
    """Where a page stands: the URLs and the restrictions of all its descendants."""
    return f"path:{translation_key}"


def children_key(translation_key: UUID) -> str:
    """Which children a page has."""
    return f"children-of:{translation_key}"


def record_key(model: type[models.Model], public_id: UUID) -> str:
    """A record of a vocabulary, in all its languages."""
    return f"{model._meta.label_lower}:{public_id}"


def object_of(key: str) -> tuple[type[models.Model], UUID] | None:
    """Return the model and the public id of the page or record that *key* names, if it is one's."""
    kind, _separator, value = key.partition(":")
    if kind == "page":
        return Page, UUID(value)
    if kind.count(".") != 1 or ":" in value:
        return None
    return apps.get_model(kind), UUID(value)


def members_key(model: type[models.Model]) -> str:
    """Which records a vocabulary has."""
    return f"all:{model._meta.label_lower}"


def row_key(model: type[models.Model], pk: object) -> str:
    """A row without a public id, such as an image file or a comune."""
    return f"row:{model._meta.label_lower}:{pk}"


def used_in_key(public_id: UUID) -> str:
    """By which pages a record is used."""
    return f"used-in:{public_id}"
