"""Demonstration content: loaders that apps announce, and a ledger of what was loaded.

A loader asks the ledger before it makes anything: what was loaded once is never made again nor
overwritten, even when an editor has renamed, changed or deleted it since.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import autodiscover_modules

from cms.models import LoadedRecord

Loader = Callable[[], None]

_loaders: list[tuple[int, Loader]] = []
_draft_loaders: list[tuple[int, Loader]] = []


def register_loader(order: int, loader: Loader, *, drafts: bool = False) -> None:
    """Announce *loader*; lower *order* runs first.

    ``drafts``: what it loads waits for somebody to review it, and is loaded only where asked for.
    """
    known = _draft_loaders if drafts else _loaders
    if (order, loader) not in known:
        known.append((order, loader))


def loaders(*, drafts: bool = False) -> list[Loader]:
    """Return the loaders of all apps in their order (modules ``demo_content``)."""
    autodiscover_modules("demo_content")
    known = _loaders + (_draft_loaders if drafts else [])
    return [loader for _order, loader in sorted(known, key=lambda item: item[0])]


def once(key: str, make: Callable[..., object], *args: Any) -> bool:
    """Call *make* with *args* unless *key* was loaded before; return whether it was called."""
    _record, created = LoadedRecord.objects.get_or_create(key=key)
    if created:
        make(*args)
    return created
