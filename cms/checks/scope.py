"""What the checks look at: the models of this distribution, and the blocks of their streams."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models
from wagtail import blocks

import cms

ROOT = Path(cms.__file__).resolve().parent.parent
"""The folder that holds the packages of this distribution: a checkout or ``site-packages``."""

OUR_APPS = frozenset(
    {"family_cms", "family_delivery", "family_localisation", "family_feedback", "home", "centres"}
)


def is_ours(path: str | Path) -> bool:
    """Whether *path* lies where this distribution is installed."""
    return Path(path).resolve().is_relative_to(ROOT)


def our_models() -> Iterator[type[models.Model]]:
    """Yield the models of our apps; a host's own app called ``home`` is none of them."""
    for config in apps.get_app_configs():
        if config.label in OUR_APPS and is_ours(config.path):
            yield from config.get_models()


def walk_blocks(block: blocks.Block, path: str) -> Iterator[tuple[str, blocks.Block]]:
    """Yield *block* and every block below it with its dotted path."""
    yield path, block
    if isinstance(block, blocks.ListBlock):
        yield from walk_blocks(block.child_block, f"{path}.item")
    for name, child in getattr(block, "child_blocks", {}).items():
        yield from walk_blocks(child, f"{path}.{name}")
