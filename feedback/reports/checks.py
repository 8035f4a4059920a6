"""System checks: attachments must be where no web address reaches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from cms import conf


@checks.register
def check_private_root(**kwargs: Any) -> list[checks.CheckMessage]:
    """``PRIVATE_ROOT`` is neither below nor above what is served to everybody."""
    root = conf.private_root()
    if not root:
        return []
    private = Path(root).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        if not (served := getattr(settings, name, None)):
            continue
        public = Path(served).resolve()
        if private == public or public in private.parents or private in public.parents:
            return [
                checks.Error(
                    f"PRIVATE_ROOT and {name} lie in one another: attachments of reports could be "
                    "read by everybody.",
                    hint="Give PRIVATE_ROOT of FAMILY_CENTRES a folder of its own.",
                    id="family_feedback.E001",
                )
            ]
    return []
