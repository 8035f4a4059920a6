"""Where requests are counted: in Redis for all processes together, or in this process alone.

Both count within fixed windows that begin at whole multiples of their length, so that one
increment tells all there is to know.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from limits.storage import RedisStorage

logger = logging.getLogger(__name__)

TIMEOUT = 0.2
"""Seconds that a request waits for Redis at most."""

PAUSE = 30.0
"""Seconds for which Redis is not asked again after it has failed."""

MOST_CLIENTS = 100_000
"""How many clients one process counts in one window; more than these are not counted."""


class Counter(Protocol):
    def hit(self, key: str, window: int, seconds: int) -> int | None:
        """Count a request of *key* in *window* (its number, and its length in seconds).

        Returns how many there are now, or ``None`` where that cannot be told.
        """


class ProcessCounter:
    """Counts in the memory of this process: no more exact than the number of processes.

    Not Django's cache: the local one drops a third of its entries at 300, those of others too, and
    the one in the database would cost each request a query.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._counts: dict[str, int] = {}

    def hit(self, key: str, window: int, seconds: int) -> int | None:
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts.get(key, 0) + 1
            if count == 1 and len(self._counts) >= MOST_CLIENTS:
                return None
            self._counts[key] = count
            return count


class RedisCounter:
    """Counts in Redis, exactly over all processes, with one round trip.

    Where Redis fails, nothing is counted for a while: readers are let through, and only one in
    ``PAUSE`` seconds waits for it.
    """

    def __init__(self, location: str, prefix: str) -> None:
        self._location = location
        self._prefix = prefix
        self._storage: RedisStorage | None = None
        self._closed_until = 0.0
        self._failing = False

    def hit(self, key: str, window: int, seconds: int) -> int | None:
        now = time.monotonic()
        if now < self._closed_until:
            return None
        if self._failing:
            # The others go on without it while this request tries.
            self._closed_until = now + PAUSE
        try:
            count = self._connected().incr(key, seconds)
        except Exception as error:
            self._fail(error)
            return None
        if self._failing:
            self._failing, self._closed_until = False, 0.0
            logger.warning("Redis answers again: requests are counted.")
        return count

    def _connected(self) -> RedisStorage:
        if self._storage is None:
            from limits.storage import RedisStorage
            from redis.backoff import NoBackoff
            from redis.retry import Retry

            self._storage = RedisStorage(
                self._location,
                key_prefix=self._prefix,
                socket_connect_timeout=TIMEOUT,
                socket_timeout=TIMEOUT,
                retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
            )
        return self._storage

    def _fail(self, error: Exception) -> None:
        self._closed_until = time.monotonic() + PAUSE
        if not self._failing:
            self._failing = True
            logger.warning("Requests are not counted, readers are let through: %s", error)
