"""Keeps the tokens of receipts out of what Django and the server log.

A filter on a logger sees only what is logged right there, so it stands on each that writes
addresses. What a proxy logs is the proxy's: ``docs/operations.md`` says how to leave it out.
"""

from __future__ import annotations

import logging
import re
from typing import Any, Final

from feedback.reports.tokens import PATTERN

LOGGERS: Final = (
    "django.request",
    "django.server",
    "django.security",
    "django.security.csrf",
    "django.security.DisallowedHost",
    "django.security.SuspiciousOperation",
    "django.security.RequestDataTooBig",
    "django.channels.server",
    "waitress",
    "waitress.queue",
    "gunicorn.access",
    "gunicorn.error",
    "uvicorn.access",
    "cms.http.middleware",
)
TOKEN: Final = re.compile(rf"(accessibility-report/receipt/){PATTERN}")
LEFT_OUT: Final = r"\1[token]"


class TokenFilter(logging.Filter):
    """Replaces the token in message and arguments, and takes a request that holds one away.

    ``AdminEmailHandler`` would write the address of the request into its mail.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_token(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: without_token(value) for name, value in record.args.items()}
        elif isinstance(record.args, tuple):
            record.args = tuple(without_token(value) for value in record.args)
        request = getattr(record, "request", None)
        if request is not None and TOKEN.search(str(getattr(request, "path", ""))):
            record.__dict__.pop("request")
        return True


def without_token(value: Any) -> Any:
    """Return *value* with tokens left out; what holds none is returned as it is."""
    if isinstance(value, str):
        return TOKEN.sub(LEFT_OUT, value)
    if isinstance(value, int | float | type(None)):
        return value
    text = str(value)
    return TOKEN.sub(LEFT_OUT, text) if TOKEN.search(text) else value


def keep_tokens_out_of_logs() -> None:
    """Put the filter on the loggers that write addresses, once."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, TokenFilter) for known in logger.filters):
            logger.addFilter(TokenFilter())
