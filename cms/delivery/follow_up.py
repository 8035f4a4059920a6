"""What the worker does after each drain, outside of the feed's lock."""

from __future__ import annotations

from cms.delivery.purge import purge_changed
from cms.delivery.renditions import make_renditions


def follow_up() -> None:
    """Purge what front-end caches hold of the entries that changed, and make sizes of images."""
    purge_changed()
    make_renditions()
