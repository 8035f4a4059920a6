"""The demonstration as a running server, for tests that need a real one."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.processes import ROOT, environment, manage


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def demonstration(folder: Path, port: int, **settings: str) -> Iterator[dict[str, str]]:
    """Serve what ``make demo`` serves, on a database of its own; yield the server's environment.

    *settings* are environment variables of the server. ``ACCOUNTS`` names the file of passwords.
    """
    env = environment(f"sqlite:///{folder / 'db.sqlite3'}", folder)
    env |= {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DEBUG": "false", "PORT": str(port)}
    env |= settings
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "load_demo")
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    manage(env, "create_accounts", "--file", str(folder / "accounts.txt"))
    env["ACCOUNTS"] = str(folder / "accounts.txt")
    server = subprocess.Popen(
        [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "cms.wsgi:application"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield env
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/v1/status", timeout=5):
                return
        except URLError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.2)
