"""Opaque cursors with a checksum.

They are not signed: a key that rotates would break every portal, and they hold no secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any

from cms.http.problems import ProblemError

LENGTH = 12


def encode(content: list[Any]) -> str:
    """Return *content* (JSON values) as a URL-safe cursor."""
    raw = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(_checksum(raw) + raw).decode().rstrip("=")


def decode(text: str) -> list[Any]:
    """Return the values of a cursor; a malformed one is a 400 that names it."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        checksum, raw = data[:LENGTH], data[LENGTH:]
        if checksum != _checksum(raw):
            raise ValueError(text)
        content = json.loads(raw)
        if not isinstance(content, list) or not content:
            raise ValueError(text)
    except (ValueError, binascii.Error, UnicodeError, RecursionError) as error:
        raise ProblemError(
            400, "The cursor is malformed.", {"cursor": "Use a cursor as it was given."}
        ) from error
    return content


def is_text(value: object) -> bool:
    """Whether a value of a cursor is text that a database can take."""
    if not isinstance(value, str) or "\x00" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


def is_whole_number(value: object) -> bool:
    """Whether a value of a cursor is a number that a feed can have reached."""
    return type(value) is int and 0 <= value < 2**53


def _checksum(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()[:LENGTH]
