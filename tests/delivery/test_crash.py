"""A process killed between its write and the drain loses nothing: real processes, really killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.db import connections

from tests.processes import ROOT, environment, manage, run_program

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


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def env(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    tmp_path = tmp_path_factory.mktemp("crash")
    if request.param == "sqlite":
        env = environment(f"sqlite:///{tmp_path / 'crash.sqlite3'}", tmp_path)
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "load_demo")
        yield env
        return
    import psycopg

    name = f"family_centres_crash_{os.getpid()}"
    server = "postgres://postgres@127.0.0.1:5432"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
        env = environment(f"{server}/{name}", tmp_path)
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "load_demo")
        yield env
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connections.close_all()


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
    worker = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker", "--interval", "0.2"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 30
        while run_program(env, READ.format(victim=victim)).stdout.split() != [
            "True",
            "0",
            "0",
            "0",
        ]:
            assert time.monotonic() < deadline, "the worker did not catch up"
    finally:
        worker.terminate()
        assert worker.wait(timeout=8) == 0, "the worker did not stop when it was told to"
