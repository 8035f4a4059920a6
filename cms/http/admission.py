"""What is refused before anything is resolved: hosts, plain HTTP, long addresses, large bodies.

No redirect is ever sent below the prefix (a client would follow it with its method, its key or
its cursor changed or lost).
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from cms import conf
from cms.http.problems import ProblemError

MAX_ADDRESS = 8000
"""Bytes of path and query together."""

MAX_BODY = 1024 * 1024
"""Bytes of a body."""

RETRY_AFTER = "300"
"""Seconds after which a client asks again during maintenance."""


def admit(request: HttpRequest) -> None:
    """Raise the problem for which *request* is turned away, if there is one."""
    length = len(request.path.encode(errors="surrogateescape"))
    if length + len(request.META.get("QUERY_STRING", "")) > MAX_ADDRESS:
        raise ProblemError(414, f"Path and query have more than {MAX_ADDRESS} bytes.")
    try:
        request.get_host()
    except DisallowedHost as error:
        raise ProblemError(400, "This service has another host name.") from error
    _refuse_plain_http(request)
    if conf.in_maintenance():
        raise ProblemError(
            503, "The service is being maintained.", headers={"Retry-After": RETRY_AFTER}
        )
    _refuse_large_body(request)


def _refuse_plain_http(request: HttpRequest) -> None:
    """Where the host's pages redirect to HTTPS, the API says so and answers nothing."""
    if not settings.SECURE_SSL_REDIRECT or request.is_secure():
        return
    path = request.path.lstrip("/")
    if not any(re.search(pattern, path) for pattern in settings.SECURE_REDIRECT_EXEMPT):
        raise ProblemError(403, "This service answers over HTTPS only.")


def _refuse_large_body(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            raise ProblemError(411, "State the length of the body.")
        return
    if not (length.isascii() and length.isdigit()):
        raise ProblemError(400, "The length of the body is no number.")
    if len(length) > 12 or int(length) > MAX_BODY:
        raise ProblemError(413, f"A body has {MAX_BODY} bytes at most.")
