"""The served sizes of images: builds read those that exist, the worker makes the others.

Making one takes seconds and much memory: never in a request, never under the lock of the feed.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from cms.delivery import keys
from cms.delivery.marking import mark
from cms.delivery.models import RenditionRequest

logger = logging.getLogger(__name__)

SIZES = ("width-400", "width-800", "width-1600")
"""The closed list of sizes in which images are served."""

MAX_FAILURES = 3
"""After so many failed attempts an image waits for another file."""

AT_ONCE = 5
"""How many images the worker takes before it looks at the marks again."""


def existing(images: Iterable[Any]) -> dict[Any, list[Any]]:
    """Return the renditions that exist of each image, by its primary key, in the order of sizes.

    One query. Not through Wagtail's cache, which another process may not share.
    """
    listed = {image.pk: image for image in images}
    found: dict[Any, dict[str, Any]] = {pk: {} for pk in listed}
    if not listed:
        return {}
    rendition_model = get_image_model().get_rendition_model()
    rows = rendition_model.objects.filter(image_id__in=listed, filter_spec__in=SIZES)
    for row in rows:
        if row.focal_point_key == Filter(spec=row.filter_spec).get_cache_key(listed[row.image_id]):
            found[row.image_id][row.filter_spec] = row
    return {
        pk: [by_size[size] for size in SIZES if size in by_size] for pk, by_size in found.items()
    }


def missing(renditions: Iterable[Any]) -> list[str]:
    """Return the sizes that are not among *renditions*."""
    made = {rendition.filter_spec for rendition in renditions}
    return [size for size in SIZES if size not in made]


def request_renditions(images: Collection[Any]) -> None:
    """Ask the worker for the sizes of *images*, given by primary key; once is enough."""
    RenditionRequest.objects.bulk_create(
        [RenditionRequest(image=str(pk)) for pk in sorted(images, key=str)], ignore_conflicts=True
    )


def make_renditions(limit: int = AT_ONCE) -> int:
    """Make what was asked for; return how many images were attended to.

    A file that cannot be read is tried a few times, and again when it is replaced.
    """
    waiting = RenditionRequest.objects.filter(failures__lt=MAX_FAILURES)
    requests = list(waiting.order_by("failures", "image")[:limit])
    for request in requests:
        _attend(request)
    return len(requests)


def _attend(request: RenditionRequest) -> None:
    image = get_image_model()._default_manager.filter(pk=request.image).first()
    if image is None:
        request.delete()
        return
    # Counted before it is tried: an image that kills the process is not tried for ever.
    RenditionRequest.objects.filter(pk=request.pk).update(
        failures=F("failures") + 1, file=image.file.name[:255]
    )
    try:
        sizes = missing(existing([image])[image.pk])
        image.create_renditions(*(Filter(spec=size) for size in sizes))
        if still := missing(existing([image])[image.pk]):
            raise LookupError(f"Not made: {', '.join(still)}")
    except Exception as error:
        logger.exception("Could not make the sizes of image %s", request.image)
        text = f"{type(error).__name__}: {error}"[:2000]
        RenditionRequest.objects.filter(pk=request.pk).update(error=text)
        return
    with transaction.atomic():
        RenditionRequest.objects.filter(pk=request.pk).delete()
        mark(keys.row_key(type(image), image.pk))


def image_was_saved(image: Any) -> None:
    """Ask for the sizes of an uploaded image; another file gives a broken one a new chance."""
    request_renditions([image.pk])
    given_up = RenditionRequest.objects.filter(pk=str(image.pk)).exclude(file=image.file.name[:255])
    given_up.update(failures=0, error="")


def forget(pk: Any) -> None:
    """Ask for nothing any more of an image that is deleted."""
    RenditionRequest.objects.filter(pk=str(pk)).delete()
