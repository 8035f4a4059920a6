"""The guide's Markdown files: beside this module in the wheel, below ``docs`` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

EXAMPLE_HOST = "https://family-centres.example"
"""Stands in the sources where a site has its own root URL."""

FILES = {"en": "integrators.md", "it": "integrators.it.md"}
"""Languages of the guide and the files they are written in."""

_PACKAGED = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGED.parents[2] / "docs"


@cache
def read_source(language: str) -> str:
    """Return the Markdown of the guide in one of the languages of :data:`FILES`."""
    name = FILES[language]
    packaged = _PACKAGED / name
    path = packaged if packaged.exists() else _CHECKOUT / name
    return path.read_text(encoding="utf-8")
