"""An editor gets in while the worker builds: also on SQLite, which keeps no queue for its lock."""

from __future__ import annotations

import json

import pytest

from tests.concurrency.crowd import Crowd
from tests.processes import manage, run_program

pytestmark = pytest.mark.concurrency

WRITE = """
import json, time
from django.db import OperationalError, connection
from centres.models import Place
from cms.delivery.drain import add_pending, all_targets
from cms.delivery.models import Pending
if connection.vendor == "sqlite":
    connection.settings_dict["OPTIONS"]["timeout"] = 5
add_pending(all_targets())
queued, refused, writes = Pending.objects.count(), 0, 0
while Pending.objects.count() > queued / 10:
    try:
        Place.objects.filter(pk=Place.objects.first().pk).update(directions=str(writes))
        writes += 1
    except OperationalError:
        refused += 1
    time.sleep(0.05)
print(json.dumps({"queued": queued, "refused": refused, "writes": writes}))
"""
"""Writes that leave no mark, so that the queue only gets shorter."""


def test_an_editor_gets_in_while_the_worker_builds(env: dict[str, str], crowd: Crowd) -> None:
    manage(env, "make_centres", "--count", "250", "--drain")
    crowd.start_worker()
    done = run_program(env, WRITE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["queued"] > 600
    assert found["writes"] > 5
    assert found["refused"] == 0
