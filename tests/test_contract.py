"""The running API against its OpenAPI document: Schemathesis sends valid and wrong requests.

All checks are on. Its cases are derived from the document alone, the same in every run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT
from tests.serving import demonstration

pytestmark = pytest.mark.contract
PORT = 8766
BASE = f"http://127.0.0.1:{PORT}/api/v1"
EXAMPLES = "25"
"""Random requests for each operation, beside those that cover each bound of each parameter."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with demonstration(tmp_path_factory.mktemp("contract"), PORT, RATE_LIMIT=""):
        yield


def test_every_answer_is_as_the_document_says(served: None, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).parent / "schemathesis"),
        *("run", f"{BASE}/openapi.json"),
        *("--checks", "all"),
        *("--max-examples", EXAMPLES),
        "--generation-deterministic",
        "--no-color",
    ]
    env = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "tests.contract_hooks",
        "PYTHONPATH": str(ROOT),
        "CONTRACT_BASE": BASE,
    }
    done = subprocess.run(
        command, env=env, cwd=tmp_path, check=False, capture_output=True, text=True
    )
    print(done.stdout[-20_000:])  # noqa: T201 (pytest shows it where the test fails)
    assert done.returncode == 0, done.stderr[-2000:]
    tested = re.search(r"Tested: (\d+)", done.stdout)
    cases = re.search(r"(\d+) generated", done.stdout)
    assert tested is not None
    assert cases is not None
    assert int(tested[1]) >= 24
    assert int(cases[1]) >= 500
