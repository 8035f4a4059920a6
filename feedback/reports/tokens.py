"""The unguessable part of a receipt's address. The table holds only its digest.

A token is made from the report's random seed and ``SECRET_KEY``: it can be made again for a mail,
and who reads the table alone can open no receipt. Receipts that were handed out before the key
changed go on opening, because their digest is kept; with ``SECRET_KEY_FALLBACKS`` their links can
still be made again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

from django.conf import settings
from django.utils.encoding import force_bytes

PURPOSE: Final = b"feedback.reports.receipt"
PATTERN: Final = "[A-Za-z0-9_-]{43}"
"""256 bits in the letters of base64url, without padding."""


def new_seed() -> str:
    """Return 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def token_of(seed: str) -> str:
    """Return the token of the report with *seed* under the present key."""
    return _token(force_bytes(settings.SECRET_KEY), seed)


def digest(token: str) -> str:
    """Return what the table holds of *token*."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_with(seed: str, wanted: str) -> str:
    """Return the token of *seed* whose digest is *wanted*; empty where no key makes it."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(force_bytes(key), seed)
        if hmac.compare_digest(digest(token), wanted):
            return token
    return ""


def _token(key: bytes, seed: str) -> str:
    made = hmac.new(key, PURPOSE + seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
