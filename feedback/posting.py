"""What all that is sent in by the API shares: that a repeated request does its work once.

The header ``Idempotency-Key`` (draft-ietf-httpapi-idempotency-key-header) names a request of the
sender's. The same key with the same body is answered as the first time, and nothing is stored; with
another body it is a 422. A second request that arrives while the first is at work waits for it at
the key's row, so that none is ever answered with "in progress".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.http.problems import ProblemError
from cms.http.rate_limits import Standing, posting_standing_of
from feedback.kept_answers import KeptAnswer

HEADER: Final = "Idempotency-Key"
PATTERN: Final = r'^"?[A-Za-z0-9_-]{16,100}"?$'
PARAMETER: Final[dict[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A new UUID for each thing that is sent in. Send the same one again with the "
    "same body when no answer came: nothing is stored twice.",
    "schema": {"type": "string", "pattern": PATTERN, "maxLength": 102},
}
"""The header as the OpenAPI document shows it, for ``openapi_extra``."""

SALT = "feedback.posting"


def idempotency_key(request: HttpRequest) -> str:
    """Return the key of *request*, without the quotation marks of the draft; empty without one.

    Raises a 400 for one that can be guessed or is too long.
    """
    value = request.headers.get(HEADER)
    if value is None:
        return ""
    if re.fullmatch(PATTERN, value) is None:
        raise ProblemError(
            400,
            f"The value of {HEADER} is wrong.",
            {HEADER: "Use a UUID, or 16 to 100 letters, digits, - and _."},
        )
    return value.strip('"')


def answer_once(
    operation: str, key: str, body: str, answer: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Return what *answer* returns, or what it returned to the same *key* before.

    *answer* does the work. It runs in one transaction with the key: if it raises, neither is
    stored, and the key may be used again. *body* is the text of what was sent, as it was
    understood. Raises a 422 for a key that was used with another body. Without a key it is always
    done.
    """
    if not key:
        return answer()
    name, digest = _hash(f"{operation}/{key}"), _hash(body)
    with transaction.atomic():
        try:
            with transaction.atomic():
                kept = KeptAnswer.objects.create(name=name, digest=digest)
        except IntegrityError:
            return _repeated(KeptAnswer.objects.get(name=name), digest)
        made = answer()
        kept.answer = json.dumps(made, ensure_ascii=False)
        kept.save(update_fields=["answer"])
        return made


def _repeated(kept: KeptAnswer, digest: str) -> dict[str, Any]:
    if kept.digest != digest:
        raise ProblemError(
            422,
            "This key came with another body before.",
            {HEADER: "Use a new one for each thing that is sent in."},
        )
    found: dict[str, Any] = json.loads(kept.answer)
    return found


def _hash(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def admitted(request: HttpRequest) -> Standing | None:
    """Count what *request* sends in; raise a 429 if its address sends too much."""
    standing = posting_standing_of(request)
    if standing is not None:
        standing.refuse()
    return standing
