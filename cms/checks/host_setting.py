"""E008: a misspelled key of ``FAMILY_CENTRES`` would silently do nothing."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core import checks

from cms import conf


@checks.register
def check_host_setting_has_known_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    """``FAMILY_CENTRES`` is a dictionary of keys that this release knows."""
    configured = getattr(settings, "FAMILY_CENTRES", {})
    if not isinstance(configured, dict):
        return [
            checks.Error(
                f"FAMILY_CENTRES is a {type(configured).__name__}, not a dictionary.",
                id="family_cms.E008",
            )
        ]
    return [
        checks.Error(
            f"FAMILY_CENTRES has the key {key!r}, which does nothing.",
            hint=_hint(str(key)),
            id="family_cms.E008",
        )
        for key in configured
        if key not in conf.DEFAULTS
    ]


def _hint(key: str) -> str:
    close = get_close_matches(key.upper(), conf.DEFAULTS, n=1)
    known = f"The keys are {', '.join(sorted(conf.DEFAULTS))}."
    return f"Did you mean {close[0]!r}? {known}" if close else known
