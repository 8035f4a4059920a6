"""Asks the API anything, and holds it to an answer of its own, in time."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import HealthCheck, settings

from tests.busy import slowed
from tests.reading import Reader

SECONDS = 1.0
"""The longest that any answer may compute; it may wait longer, most on a busy machine."""

PROPERTY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Watch:
    """Measures one answer."""

    def __init__(self) -> None:
        self.computed, self.waited = time.thread_time(), time.monotonic()

    def is_in_time(self) -> bool:
        computed = time.thread_time() - self.computed
        waited = time.monotonic() - self.waited
        return computed < SECONDS and waited < 5 * SECONDS * slowed()


def check(response: Any, watch: Watch, what: object) -> Any:
    """An answer or a refusal of the client's own, and in time."""
    assert watch.is_in_time(), f"slow: {what!r}"
    assert response.status_code in (200, 304, 400, 404, 410, 414), (response.status_code, what)
    # What a client wrote may stand in a problem: no browser may take it for a page.
    assert response["X-Content-Type-Options"] == "nosniff", what
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", what
    return response


def ask(reader: Reader, path: str, **headers: str) -> Any:
    watch = Watch()
    return check(reader.get(path, **headers), watch, (path[:300], str(headers)[:300]))
