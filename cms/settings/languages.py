"""The names of the content languages, for the settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy


def named(codes: Iterable[str]) -> list[tuple[str, Any]]:
    """Return *codes* with their names, in the language of whoever reads them.

    A code that nobody knows is its own name; a system check refuses it.
    """
    return [(code, gettext_lazy(str(LANG_INFO.get(code, {}).get("name", code)))) for code in codes]
