"""With a worker running, all that depends on a write follows within five seconds."""

from __future__ import annotations

import json
import time

import pytest

from tests.delivery.timed_writes import LIMIT
from tests.processes import run_program, running_worker

WRITE = """
from centres.models import CentrePage
from cms.delivery.models import Mark, Pending
page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
page.alert = "After the loss"
page.save_revision().publish()
print(Mark.objects.count(), Pending.objects.count())
"""

READ = """
from cms.delivery.models import Mark, Pending
from cms.delivery.verification import discrepancies
print(Mark.objects.count(), Pending.objects.count(), len(discrepancies()))
"""


def test_everything_follows_within_five_seconds(env: dict[str, str]) -> None:
    with running_worker(env):
        done = run_program(env, "from tests.delivery.timed_writes import main; main()", timeout=400)
    assert done.returncode == 0, done.stderr
    writes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(writes) == 18
    assert [item for item in writes if item["wrong"] or not item["followed"]] == []
    assert [item for item in writes if item["seconds"] > LIMIT] == []


@pytest.mark.parametrize(
    "env", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_worker_survives_the_loss_of_its_database(env: dict[str, str]) -> None:
    import psycopg

    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with running_worker(env) as worker, psycopg.connect(env["DATABASE_URL"], autocommit=True) as db:
        deadline = time.monotonic() + 20
        lost = 0
        while lost < 3:
            assert time.monotonic() < deadline, f"the worker came back {lost} times only"
            lost += len(db.execute(f"SELECT pg_terminate_backend(pid) {others}").fetchall())
        assert worker.poll() is None
        written = run_program(env, WRITE)
        assert written.returncode == 0, written.stderr
        deadline = time.monotonic() + 30
        while run_program(env, READ).stdout.split() != ["0", "0", "0"]:
            assert time.monotonic() < deadline, "the worker did not catch up"
        assert worker.poll() is None
