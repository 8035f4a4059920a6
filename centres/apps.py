"""The app's configuration."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class CentresConfig(AppConfig):
    name = "centres"
    label = "centres"
    default_auto_field = "django.db.models.BigAutoField"
    wordless_migrations = True


def _require_our_foundation() -> None:
    """Say what is wrong where a host's own package ``cms`` hides ours.

    The system check ``family_cms.E005`` covers the other packages, but it is hidden with ``cms``.
    """
    try:
        ours = find_spec("cms.delivery") is not None
    except ModuleNotFoundError:
        ours = False
    if not ours:
        found = find_spec("cms")
        raise ImproperlyConfigured(
            f"The package 'cms' is imported from {found.origin if found else 'nowhere'}, which is "
            "not the one of the family centres. Rename the host's own package 'cms', or take it "
            "off the path."
        )


_require_our_foundation()
