"""The one place that reads this project's Django setting, ``FAMILY_CENTRES``.

A host sets only the keys it wants to change::

    FAMILY_CENTRES = {"DEMO": True}
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings

DEFAULTS: Final[dict[str, object]] = {
    "DEMO": False,
    "API_PREFIX": "/api",
    "OFFICIAL_LANGUAGE": "it",
    "INTERFACE_LANGUAGES": ("it", "en"),
    "SITE_ID": None,
    "RATE_LIMIT": "600/minute",
    "POST_RATE_LIMIT": "30/minute",
    "PORTAL_ORIGINS": (),
    "TRUSTED_PROXIES": 0,
    "MAINTENANCE": False,
    "TRANSLATORS_PUBLISH": False,
    "PRIVATE_ROOT": "",
    "REPORT_RATE_LIMIT": "20/hour",
    "REPORT_RETENTION_DAYS": None,
}


def _value(key: str) -> object:
    configured: dict[str, object] = getattr(settings, "FAMILY_CENTRES", {})
    return configured.get(key, DEFAULTS[key])


def is_demo() -> bool:
    """Whether every page and ``/status`` say that the content is a demonstration."""
    return bool(_value("DEMO"))


def api_prefix() -> str:
    """The path, without a trailing slash, below which the API middleware answers."""
    return str(_value("API_PREFIX")).rstrip("/")


def api_base() -> str:
    """The path of version 1 of the API, without a trailing slash."""
    return f"{api_prefix()}/v1"


def official_language() -> str:
    """The language of official names: bodies, places, streets, titles of acts."""
    return str(_value("OFFICIAL_LANGUAGE"))


def interface_languages() -> tuple[str, ...]:
    """The languages with a complete catalogue of the words around the content."""
    value = _value("INTERFACE_LANGUAGES")
    return tuple(value) if isinstance(value, list | tuple) else ()


def site_id() -> int | None:
    """The primary key of the one site that is delivered; ``None`` delivers all sites."""
    value = _value("SITE_ID")
    return None if value is None else int(str(value))


def rate_limit() -> str:
    """How many requests one address may make, such as ``600/minute``; empty sets no limit."""
    return str(_value("RATE_LIMIT") or "")


def post_rate_limit() -> str:
    """How much one address may send in, such as ``30/minute``; empty sets no limit."""
    return str(_value("POST_RATE_LIMIT") or "")


def portal_origins() -> frozenset[str]:
    """The origins, such as ``https://portal.example``, whose pages may post to the API."""
    value = _value("PORTAL_ORIGINS")
    listed = value if isinstance(value, list | tuple | set | frozenset) else ()
    return frozenset(str(origin).rstrip("/").lower() for origin in listed)


def trusted_proxies() -> int:
    """How many proxies of ours stand in front, each of which adds to ``X-Forwarded-For``."""
    return int(str(_value("TRUSTED_PROXIES") or 0))


def in_maintenance() -> bool:
    """Whether the API answers 503 for now: the setting is true, or names a file that exists."""
    value = _value("MAINTENANCE")
    return Path(value).exists() if isinstance(value, str | Path) and value else bool(value)


def translators_publish() -> bool:
    """Whether translators publish what they translate, or submit it to a publisher."""
    return bool(_value("TRANSLATORS_PUBLISH"))


def private_root() -> str:
    """The folder of files that no web address reaches; empty where the host has none."""
    return str(_value("PRIVATE_ROOT") or "")


def report_rate_limit() -> str:
    """How many reports one address may send, such as ``20/hour``; empty sets no limit."""
    return str(_value("REPORT_RATE_LIMIT") or "")


def report_retention_days() -> int | None:
    """Days after which the content of a closed report is deleted; ``None`` until one decides."""
    value = _value("REPORT_RETENTION_DAYS")
    return None if value in (None, "") else int(str(value))
