"""Processes that end with their test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.processes import ROOT


class Crowd:
    """Processes that end with the test, whatever becomes of it; what they say goes to a file."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.env, self.folder = env, folder
        self.members: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments], env=self.env, cwd=ROOT, stdout=log, stderr=log
            )
        self.members.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.start("worker", "manage.py", "worker", "--interval", "0.2")

    def end(self) -> None:
        for process in self.members:
            if process.poll() is None:
                process.kill()
            process.wait()
