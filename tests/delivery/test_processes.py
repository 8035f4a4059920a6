"""Writers, a worker and a database as real processes: killed, cut off, and timed.

A process killed between its write and the drain loses nothing. With a worker running, all that
depends on a write follows within five seconds. All of it in one module, for one loaded database.
"""

from __future__ import annotations

import json
import signal
import time

import pytest

from tests.busy import slowed
from tests.delivery.timed_writes import LIMIT
from tests.processes import run_program, running_worker

WRITE_AND_DIE = """
import os, signal
from cms.delivery import drain
from centres.models import CentrePage

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

drain.{victim} = die
page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
page.summary = "Written before {victim}"
page.save_revision().publish()
raise SystemExit("it should be dead")
"""

READ = """
from cms.delivery.models import Entry, Mark, Pending
from cms.delivery.verification import discrepancies
entry = Entry.objects.get(resource="centres", locale="it", sort_key__contains="Saronno")
print("Written before {victim}" in entry.document, Mark.objects.count(), Pending.objects.count(),
      len(discrepancies()))
"""


WRITE = """
from centres.models import CentrePage
from cms.delivery.models import Mark, Pending
page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
page.alert = "After the loss"
page.save_revision().publish()
print(Mark.objects.count(), Pending.objects.count())
"""

READ_ALL = """
from cms.delivery.models import Mark, Pending
from cms.delivery.verification import discrepancies
print(Mark.objects.count(), Pending.objects.count(), len(discrepancies()))
"""


@pytest.mark.parametrize(
    "victim",
    [
        pytest.param("lock_feed", id="before the drain takes its lock"),
        pytest.param("store", id="while the drain stores"),
    ],
)
def test_writer_is_killed_between_write_and_drain(env: dict[str, str], victim: str) -> None:
    died = run_program(env, WRITE_AND_DIE.format(victim=victim))
    assert died.returncode == -signal.SIGKILL, died.stderr
    shown, marks, _pending, _wrong = run_program(env, READ.format(victim=victim)).stdout.split()
    assert shown == "False"
    assert int(marks) > 0
    with running_worker(env, "--interval", "0.2"):
        deadline = time.monotonic() + 120
        while run_program(env, READ.format(victim=victim)).stdout.split() != [
            "True",
            "0",
            "0",
            "0",
        ]:
            assert time.monotonic() < deadline, "the worker did not catch up"


def test_everything_follows_within_five_seconds(env: dict[str, str]) -> None:
    with running_worker(env):
        done = run_program(env, "from tests.delivery.timed_writes import main; main()", timeout=900)
    assert done.returncode == 0, done.stderr
    writes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(writes) == 18
    assert [item for item in writes if item["wrong"] or not item["followed"]] == []
    limit = LIMIT * slowed()
    assert [item for item in writes if item["seconds"] > limit] == []


@pytest.mark.parametrize(
    "env", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_worker_survives_the_loss_of_its_database(env: dict[str, str]) -> None:
    import psycopg

    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with running_worker(env) as worker, psycopg.connect(env["DATABASE_URL"], autocommit=True) as db:
        deadline = time.monotonic() + 180
        lost = 0
        while lost < 3:
            assert time.monotonic() < deadline, f"the worker came back {lost} times only"
            lost += len(db.execute(f"SELECT pg_terminate_backend(pid) {others}").fetchall())
        assert worker.poll() is None
        written = run_program(env, WRITE)
        assert written.returncode == 0, written.stderr
        deadline = time.monotonic() + 120
        while run_program(env, READ_ALL).stdout.split() != ["0", "0", "0"]:
            assert time.monotonic() < deadline, "the worker did not catch up"
        assert worker.poll() is None
