"""Real processes for tests: a program that runs with a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(database_url: str, folder: Path) -> dict[str, str]:
    """Return the environment of a process that works on *database_url*."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "PYTHONWARNINGS": "ignore",
    }


def manage(env: dict[str, str], *arguments: str) -> str:
    """Run a management command to its end; return what it printed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=env,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def run_program(
    env: dict[str, str], program: str, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run *program* in a Python that has Django set up; it may kill itself."""
    setup = "import django; django.setup()\n"
    return subprocess.run(
        [sys.executable, "-c", setup + program],
        env=env,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


@contextmanager
def running_worker(env: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the worker beside the test; at the end it must stop when it is told to."""
    worker = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker", *arguments],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.terminate()
        assert worker.wait(timeout=60) == 0, "the worker died, or ended otherwise than it was told"
