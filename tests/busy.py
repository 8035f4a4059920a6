"""How much longer everything takes on a machine that has other work."""

from __future__ import annotations

import os


def slowed() -> float:
    """Return by how much this machine is slower now: 1 where each process has its processor."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
