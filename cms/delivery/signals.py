"""Which writes leave a mark. Wagtail's publish signals are not used: they are sent outside the
transaction that writes, and bulk operations and aliases send none.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from cms.delivery import keys, marking, renditions, resources
from cms.delivery.identity import public_id_of
from cms.delivery.projected import child_models

_MOVED = "_delivery_url_path_changed"


def page_will_be_saved(
    sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """Note a move or a change of slug: it rewrites the URLs of all descendants in SQL."""
    if not isinstance(instance, Page) or raw or not instance.pk:
        return
    update_fields = kwargs.get("update_fields")
    if (
        update_fields is not None
        and "url_path" not in update_fields
        and ("slug" not in update_fields)
    ):
        return
    before = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    setattr(instance, _MOVED, before is not None and before != instance.url_path)


def object_was_saved(
    sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    if raw or marking.is_housekeeping(kwargs.get("update_fields")):
        return
    if isinstance(instance, Page):
        marking.mark_page(instance, moved=instance.__dict__.pop(_MOVED, False))
    elif resources.for_model(sender) is not None:
        marking.mark_record(instance)


def object_will_be_deleted(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        marking.mark_page(instance, deleted=True)
    elif resources.for_model(sender) is not None:
        marking.mark_record(instance)


def child_was_written(
    sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """A child row is written after its parent's ``post_save``, not always in its transaction."""
    if raw:
        return
    for field in sender._meta.get_fields():
        if not isinstance(field, models.ForeignKey):
            continue
        is_parent = isinstance(field, ParentalKey)
        # Only what tells where it is used is loaded: an editor who publishes a centre writes
        # fifteen rows, and waits for each query.
        if not is_parent and not _lists_its_uses(field.related_model):
            continue
        other = getattr(instance, field.name, None)
        if other is None:
            continue
        if is_parent:
            marking.mark_owner(other)
        else:
            marking.mark(keys.used_in_key(public_id_of(other)))


def _lists_its_uses(model: type[models.Model]) -> bool:
    resource = resources.for_model(model)
    return resource is not None and resource.lists_its_uses


def row_was_written(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    marking.mark(keys.row_key(sender, instance.pk))


def rendition_was_deleted(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """The admin's form drops the sizes of a replaced file after it has saved the image: a build in
    between has shown their addresses.
    """
    marking.mark(keys.row_key(get_image_model(), instance.image_id))


def image_was_saved(
    sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        renditions.image_was_saved(instance)


def image_was_deleted(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    renditions.forget(instance.pk)


def site_was_written(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    marking.mark(keys.SITE)


def locale_was_written(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    marking.mark(keys.EVERYTHING)


def restriction_was_written(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """The page goes or comes back at once, what stands below it with the worker."""
    marking.mark_page(instance.page, moved=True)


def collection_restriction_was_written(
    sender: type[models.Model], instance: Any, **kwargs: Any
) -> None:
    for model in (get_image_model(), get_document_model()):
        rows = model.objects.filter(
            collection__in=instance.collection.get_descendants(inclusive=True)
        )
        marking.mark(*(keys.row_key(model, pk) for pk in rows.values_list("pk", flat=True)))


def connect() -> None:
    """Connect the receivers, once the apps have announced their resources."""
    pre_save.connect(page_will_be_saved, dispatch_uid="delivery-page-will-be-saved")
    post_save.connect(object_was_saved, dispatch_uid="delivery-object-was-saved")
    pre_delete.connect(object_will_be_deleted, dispatch_uid="delivery-object-will-be-deleted")
    for model in child_models():
        _connect(model, child_was_written)
    for model in (get_image_model(), get_document_model()):
        _connect(model, row_was_written)
    post_delete.connect(
        rendition_was_deleted,
        sender=get_image_model().get_rendition_model(),
        dispatch_uid="delivery-rendition-was-deleted",
    )
    uid = "delivery-sizes-of-image"
    post_save.connect(image_was_saved, sender=get_image_model(), dispatch_uid=f"{uid}-saved")
    post_delete.connect(image_was_deleted, sender=get_image_model(), dispatch_uid=f"{uid}-deleted")
    _connect(Site, site_was_written)
    _connect(Locale, locale_was_written)
    _connect(PageViewRestriction, restriction_was_written)
    _connect(CollectionViewRestriction, collection_restriction_was_written)


def _connect(model: type[models.Model], receiver: Any) -> None:
    uid = f"delivery-{receiver.__name__}-{model._meta.label_lower}"
    post_save.connect(receiver, sender=model, dispatch_uid=f"{uid}-saved")
    post_delete.connect(receiver, sender=model, dispatch_uid=f"{uid}-deleted")
