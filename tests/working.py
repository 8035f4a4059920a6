"""What the worker does, done once and to the end."""

from __future__ import annotations

from cms.delivery.drain import drain_all
from cms.delivery.follow_up import follow_up


def work() -> None:
    """Drain, make sizes of images, and drain what depends on them."""
    drain_all()
    follow_up()
    drain_all()
