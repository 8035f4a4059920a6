"""A load generator: a few connections that are kept open, bounded in number and in time."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """A request that is measured. ``path`` with query; ``status`` is the one it must answer."""

    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Figures:
    """What was measured: latencies in milliseconds, ``size`` in bytes of one answer's body."""

    rate: float
    p50: float
    p99: float
    size: int
    requests: int
    queries: int = 0


class UnexpectedAnswerError(RuntimeError):
    """An answer that was not the one that is measured."""


def measure(
    address: str, case: Case, *, seconds: float, limit: int = 5000, connections: int = 2
) -> Figures:
    """Ask for *case* at *address* (host:port) until *seconds* or *limit* requests are over."""
    _ask(http.client.HTTPConnection(address, timeout=120), case)
    latencies: list[float] = []
    sizes: set[int] = set()
    failures: list[BaseException] = []
    deadline = time.perf_counter() + seconds
    share = limit // connections

    def run() -> None:
        connection = http.client.HTTPConnection(address, timeout=120)
        try:
            for _number in range(share):
                start = time.perf_counter()
                sizes.add(_ask(connection, case))
                end = time.perf_counter()
                latencies.append(end - start)
                if end > deadline:
                    return
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    if failures:
        raise failures[0]
    ordered = sorted(latencies)
    return Figures(
        rate=len(ordered) / elapsed,
        p50=1000 * ordered[len(ordered) // 2],
        p99=1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        size=max(sizes),
        requests=len(ordered),
    )


def _ask(connection: http.client.HTTPConnection, case: Case) -> int:
    connection.request("GET", case.path, headers=dict(case.headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != case.status:
        raise UnexpectedAnswerError(f"{case.name}: {response.status} {body[:200]!r}")
    return len(body)
