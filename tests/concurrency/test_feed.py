"""The feed's guarantee under concurrency, with real processes on a real server.

Writers publish, unpublish, translate and rename; portals follow the feed over HTTP; one writer and
the worker are killed in the middle. At the end every portal holds exactly what the lists show.

``CONCURRENCY_SECONDS`` says how long the writers write.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from tests.concurrency.crowd import Crowd
from tests.concurrency.web import Connection
from tests.processes import run_program
from tests.reading import Reader

pytestmark = pytest.mark.concurrency

POLICIES = ("locale=it", "locale=en", "locale=en&fallback=false")

STATE = """
from django.db.models import Count
from cms.delivery.models import Entry, Feed, Mark, Pending
print(Mark.objects.count(), Pending.objects.count())
"""

VERDICT = """
import json
from cms.delivery.models import Entry, Feed
from cms.delivery.verification import discrepancies
numbers = list(Entry.objects.filter(sequence__isnull=False).values_list("sequence", flat=True))
print(json.dumps({
    "discrepancies": discrepancies(),
    "repeated": len(numbers) - len(set(numbers)),
    "beyond": max(numbers) - Feed.objects.get().head,
    "head": Feed.objects.get().head,
}))
"""


def _start_web(crowd: Crowd) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"127.0.0.1:{port}"
    crowd.start("web", "-m", "waitress", f"--listen={address}", "cms.wsgi:application")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if Connection(f"http://{address}").get("/api/v1/status").status_code == 200:
                return f"http://{address}"
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


def _wait_until(time_left: float, env: dict[str, str], program: str, wanted: str) -> None:
    deadline = time.monotonic() + time_left
    while (said := run_program(env, program).stdout.strip()) != wanted:
        assert time.monotonic() < deadline, said
        time.sleep(0.5)


def test_portals_hold_what_lists_show(env: dict[str, str], crowd: Crowd, tmp_path: Path) -> None:
    on_postgres = env["DATABASE_URL"].startswith("postgres")
    seconds = float(os.environ.get("CONCURRENCY_SECONDS", "60" if on_postgres else "15"))
    base = _start_web(crowd)
    worker = crowd.start_worker()
    stop = tmp_path / "stop"
    portals = [
        crowd.start(
            f"portal-{number}",
            *("-m", "tests.concurrency.portal", base, query, str(stop)),
            str(tmp_path / f"portal-{number}.json"),
        )
        for number, query in enumerate(POLICIES)
    ]
    writers = [
        crowd.start(
            f"writer-{number}",
            *("-m", "tests.concurrency.writer", str(number), str(seconds)),
            str(tmp_path / f"writer-{number}.json"),
        )
        for number in range(8 if on_postgres else 3)
    ]
    # Writers take some seconds to start; both victims die while all others write.
    _wait_for_reports(tmp_path, len(writers))
    time.sleep(seconds / 3)
    writers[0].send_signal(signal.SIGKILL)
    worker.send_signal(signal.SIGKILL)
    time.sleep(seconds / 6)
    assert worker.wait() == writers[0].wait() == -signal.SIGKILL
    crowd.start_worker()
    assert [writer.wait(timeout=seconds + 120) for writer in writers[1:]] == [0] * (
        len(writers) - 1
    )
    _wait_until(120, env, STATE, "0 0")
    stop.touch()
    assert [portal.wait(timeout=60) for portal in portals] == [0] * len(portals), _logs(tmp_path)

    done, failed = _reports(tmp_path)
    print(f"\n{sum(done.values())} writes: {dict(done)}\nfailed: {dict(failed)}")
    assert set(done) >= {"publish", "unpublish", "copy_for_translation", "translate", "rename_term"}
    verdict = json.loads(run_program(env, VERDICT).stdout)
    print(f"head {verdict['head']}")
    assert verdict["discrepancies"] == []
    assert verdict["repeated"] == 0
    assert verdict["beyond"] <= 0
    lists = Reader(Connection(base))
    for number, query in enumerate(POLICIES):
        policy = dict(parse_qsl(query))
        shown = {
            "/".join(key): item
            for key, item in lists.everything(policy.pop("locale"), **policy).items()
        }
        report = json.loads((tmp_path / f"portal-{number}.json").read_text())
        print(f"{query}: {report['delivered']} changes in {report['rounds']} rounds")
        assert report["delivered"] > len(shown) > 20
        for held in report["held"]:
            assert held == shown, query
    locks = [kind for kind in failed if "locked" in kind or "deadlock" in kind]
    assert locks == []


def _wait_for_reports(folder: Path, count: int) -> None:
    deadline = time.monotonic() + 240
    while len(list(folder.glob("writer-*.json"))) < count:
        assert time.monotonic() < deadline, _logs(folder)
        time.sleep(0.2)


def _reports(folder: Path) -> tuple[Counter[str], Counter[str]]:
    done: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for path in folder.glob("writer-*.json"):
        if not (text := path.read_text()):
            continue  # Killed while it wrote its report.
        report = json.loads(text)
        done.update(report["done"])
        failed.update(report["failed"])
    return done, failed


def _logs(folder: Path) -> str:
    return "\n".join(f"== {path.name}\n{path.read_text()[-1500:]}" for path in folder.glob("*.log"))
