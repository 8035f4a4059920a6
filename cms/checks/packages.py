"""E005: a host's own package of one of our names is found before ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks

from cms.checks.scope import ROOT, is_ours

LABELS = {
    "cms": "family_cms",
    "cms.delivery": "family_delivery",
    "cms.localisation": "family_localisation",
    "centres": "centres",
    "feedback": "family_feedback",
}
"""The apps of the wheel with their labels. ``home`` is not in it: every host has its own."""


@checks.register
def check_packages_are_ours(
    app_configs: Iterable[AppConfig] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """The apps that carry our names and labels come from this distribution."""
    return [error for config in apps.get_app_configs() for error in _errors(config)]


def _errors(config: AppConfig) -> list[checks.CheckMessage]:
    if config.name in LABELS:
        if is_ours(config.path):
            return []
        return [
            checks.Error(
                f"The app {config.name!r} is imported from {config.path}, not from {ROOT}, where "
                "the family centres are installed.",
                hint=f"Rename the host's own package {config.name!r}, or take it off the path.",
                obj=config.name,
                id="family_cms.E005",
            )
        ]
    if config.label in LABELS.values():
        return [
            checks.Error(
                f"The app {config.name!r} takes the label {config.label!r} of the family centres.",
                hint="Give it another label in its AppConfig; its tables then need new names.",
                obj=config.name,
                id="family_cms.E005",
            )
        ]
    return []
