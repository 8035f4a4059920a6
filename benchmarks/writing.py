"""What an editor waits for, and how fast the rest follows: one JSON object on standard output.

``python -m benchmarks.writing`` works on the database of the environment, with a worker running
where the figure is what an editor feels.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from django.db.models import Q  # noqa: E402
from django.db.models.signals import ModelSignal, post_delete, post_save, pre_delete, pre_save  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from centres.models import ActivityType, CentrePage  # noqa: E402
from cms.delivery import signals  # noqa: E402
from cms.delivery.drain import drain, drain_all  # noqa: E402
from cms.delivery.models import Dependency, Entry, Feed, Mark, Pending  # noqa: E402

PAGES = 20
RENAMES = 9
SIGNALS: tuple[ModelSignal, ...] = (pre_save, post_save, pre_delete, post_delete)


def settle() -> None:
    """Wait until the worker has built everything, as it has before the next change."""
    deadline = time.monotonic() + 600
    while Mark.objects.exists() or Pending.objects.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("The worker does not catch up.")
        time.sleep(0.2)


def wall(work: Callable[[], object]) -> float:
    """Return how many milliseconds *work* takes, with what runs on commit."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


@contextmanager
def stock() -> Iterator[None]:
    """Wagtail without the read model: none of its receivers is connected."""
    kept = {signal: signal.receivers for signal in SIGNALS}
    ours = {id(value) for value in vars(signals).values() if callable(value)}
    for signal in SIGNALS:
        signal.receivers = [
            row
            for row in signal.receivers
            if id(row[1]() if callable(row[1]) else None) not in ours
        ]
        signal.sender_receivers_cache.clear()
    try:
        before = Mark.objects.count()
        yield
        if Mark.objects.count() > before:
            raise RuntimeError("The read model is still connected.")
    finally:
        for signal, receivers in kept.items():
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


@contextmanager
def worker() -> Iterator[None]:
    """A worker beside us, as in production."""
    command = [sys.executable, "-W", "ignore", "manage.py", "worker"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        time.sleep(8)
        settle()
        yield
    finally:
        process.terminate()
        process.wait()


def publish(page: CentrePage, text: str) -> Callable[[], object]:
    def work() -> None:
        page.summary = text
        page.save_revision().publish()

    return work


def publishing() -> dict[str, float]:
    """Publish the same pages with and without the read model, in turn."""
    ours, without = [], []
    pages = CentrePage.objects.filter(slug__startswith="prova-").order_by("pk")[:PAGES]
    for number, page in enumerate(pages):
        publish(page, "Warm")()
        for turn in ((number % 2), 1 - (number % 2)):
            settle()
            if turn:
                ours.append(wall(publish(page, f"With {number}")))
            else:
                with stock():
                    without.append(wall(publish(page, f"Without {number}")))
    return {
        "publish, ms (median)": statistics.median(ours),
        "publish in stock Wagtail, ms (median)": statistics.median(without),
        "publish, ms (slowest)": max(ours),
        "publish in stock Wagtail, ms (slowest)": max(without),
    }


def _used(term: ActivityType) -> int:
    key = f"centres.activitytype:{term.translation_key}"
    return Dependency.objects.filter(key=key, entry__resource="centres").count() // 2


def renaming() -> dict[str, float]:
    """Rename a term that many centres name, and one that none does."""
    italian = Locale.objects.get(language_code="it")
    terms = ActivityType.objects.filter(locale=italian, live=True)
    many = max(terms, key=_used)
    unused = ActivityType(code=f"bench-{uuid.uuid4().hex[:8]}", name="Unused", locale=italian)
    unused.save()
    unused.save_revision().publish()

    def rename(term: ActivityType, name: str) -> Callable[[], object]:
        def work() -> None:
            term.name = name
            term.save_revision().publish()

        return work

    figures: dict[str, float] = {"centres that name the term": _used(many)}
    known = many.name
    for label, term in (("many", many), ("none", unused)):
        took = []
        for number in range(RENAMES):
            settle()
            took.append(wall(rename(term, f"Renamed {number}")))
        figures[f"rename a term that {label} name, ms (median)"] = statistics.median(took)
        figures[f"rename a term that {label} name, ms (slowest)"] = max(took)
    many.name = known
    many.save_revision().publish()
    unused.delete()
    return figures


def _pending() -> set[tuple[UUID, str]]:
    return set(Pending.objects.values_list("public_id", "locale"))


def _entries(built: set[tuple[UUID, str]]) -> int:
    """Return how many entries stand for these objects and their parts, such as activities."""
    ids = {public_id for public_id, _locale in built}
    entries = Entry.objects.filter(Q(public_id__in=ids) | Q(owner__in=ids))
    rows = entries.values_list("public_id", "owner", "locale")
    return sum((owner or public_id, locale) in built for public_id, owner, locale in rows)


def fan_out() -> dict[str, float]:
    """Build the documents of centres whose term has changed, without a worker beside us."""
    drain_all()
    term = max(ActivityType.objects.filter(locale__language_code="it", live=True), key=_used)
    known = term.name
    term.name = f"{known} (renamed)"
    term.save_revision().publish()
    drain()
    waiting, head = _pending(), Feed.objects.get().head
    start, cpu, built = time.perf_counter(), time.process_time(), 0
    while built < 600 and (count := drain()):
        built += count
    elapsed, used = time.perf_counter() - start, time.process_time() - cpu
    numbered = Feed.objects.get().head - head
    entries = _entries(waiting - _pending())
    term.name = known
    term.save_revision().publish()
    drain_all()
    return {
        "fan-out, objects built": built,
        "fan-out, entries built (an object and its parts)": entries,
        "fan-out, entries that changed": numbered,
        "fan-out, entries per second": entries / elapsed,
        "fan-out, entries per second of processor time": entries / used,
        "fan-out, objects per second of processor time": built / used,
    }


def main() -> None:
    figures = fan_out()
    with worker():
        figures |= publishing()
    with worker():
        figures |= renaming()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
