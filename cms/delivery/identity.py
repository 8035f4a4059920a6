"""What every item says of itself, computed in one place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import Page

from cms import conf
from cms.delivery import resources
from cms.delivery.look import Look
from cms.delivery.visibility import Public


def public_id_of(instance: Any) -> UUID:
    """Return the id by which readers know *instance*."""
    key: UUID = instance.translation_key if isinstance(instance, Page) else instance.public_id
    return key


def identity(model: type[models.Model], state: Public, look: Look) -> dict[str, Any]:
    """Return the fields of an :class:`~cms.delivery.schemas.ItemSummary`."""
    resource = resources.for_model(model)
    if resource is None:
        raise LookupError(f"{model._meta.label} is no resource.")
    instance = state.instance
    public_id = public_id_of(instance)
    title = look.title(resource, state)
    title_language = conf.official_language() if resource.official_title else state.language
    if not resource.official_title:
        field = "title" if isinstance(instance, Page) else "name"
        left = look.untranslated(state)
        title_language = left.language if left.has(title, field) else title_language
    return {
        "id": public_id,
        "type": resource.name,
        "url": look.url(resource.name, public_id),
        "title": title,
        "locale": look.locale,
        "language": state.language,
        "is_fallback": state.is_fallback,
        "title_language": title_language,
        "html_url": look.html_url(resource, state),
    }


def with_translations(
    fields: dict[str, Any], model: type[models.Model], look: Look
) -> dict[str, Any]:
    """Add what a full :class:`~cms.delivery.schemas.Item` has more: its translations."""
    listed = look.translations(model, fields["id"]) if issubclass(model, Page) else []
    return {**fields, "translations": listed}
