"""A process killed between its write and the drain loses nothing: real processes, really killed."""

from __future__ import annotations

import signal
import time

import pytest

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
        deadline = time.monotonic() + 30
        while run_program(env, READ.format(victim=victim)).stdout.split() != [
            "True",
            "0",
            "0",
            "0",
        ]:
            assert time.monotonic() < deadline, "the worker did not catch up"
