"""Real processes for tests: a program that runs with a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
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


def run_program(env: dict[str, str], program: str) -> subprocess.CompletedProcess[str]:
    """Run *program* in a Python that has Django set up; it may kill itself."""
    setup = "import django; django.setup()\n"
    return subprocess.run(
        [sys.executable, "-c", setup + program],
        env=env,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
