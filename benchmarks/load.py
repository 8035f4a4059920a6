"""A load generator: a few connections that are kept open, bounded in number and in time."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A request that is measured. ``path`` with query; ``status`` is the one it must answer."""

    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Figures:
    """What was measured: latencies in milliseconds, ``size`` in bytes of one answer's body.

    ``cpu`` is the server's processor time for one request, in milliseconds: unlike the rate it does
    not depend on what else the machine does.
    """

    rate: float
    p50: float
    p99: float
    size: int
    requests: int
    cpu: float
    queries: int = 0


class UnexpectedAnswerError(RuntimeError):
    """An answer that was not the one that is measured."""


def measure(
    address: str, pid: int, case: Case, *, seconds: float, limit: int = 5000, connections: int = 2
) -> Figures:
    """Ask process *pid* for *case* at *address* until *seconds* or *limit* requests are over."""
    case = _with_current_etag(address, case)
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
    used, start = _processor_time(pid), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, used = time.perf_counter() - start, _processor_time(pid) - used
    if failures:
        raise failures[0]
    ordered = sorted(latencies)
    return Figures(
        rate=len(ordered) / elapsed,
        p50=1000 * ordered[len(ordered) // 2],
        p99=1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        size=max(sizes),
        requests=len(ordered),
        cpu=1000 * used / len(ordered),
    )


def _processor_time(pid: int) -> float:
    """Return the seconds of processor time of a process, from Linux's ``/proc``."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _with_current_etag(address: str, case: Case) -> Case:
    """Hold what this server says now: the tag of a list depends on the host's name."""
    if "If-None-Match" not in case.headers:
        return case
    connection = http.client.HTTPConnection(address, timeout=120)
    connection.request("GET", case.path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return replace(case, headers={**case.headers, "If-None-Match": response.headers["ETag"]})


def _ask(connection: http.client.HTTPConnection, case: Case) -> int:
    connection.request("GET", case.path, headers=dict(case.headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != case.status:
        raise UnexpectedAnswerError(f"{case.name}: {response.status} {body[:200]!r}")
    return len(body)
