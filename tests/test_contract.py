"""The running API against its OpenAPI document: Schemathesis sends valid and wrong requests.

All checks are on. The seed is fixed, so that a change is tried with the cases of the run before it;
``CONTRACT_SEED=2 make test-contract`` tries others.
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
SEED = os.environ.get("CONTRACT_SEED", "20260301")
EXAMPLES = "15"
"""Random requests for each operation, beside those that cover each bound of each parameter."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with demonstration(tmp_path_factory.mktemp("contract"), PORT, RATE_LIMIT=""):
        yield


def test_every_answer_is_as_the_document_says(served: None, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(ROOT / "tests" / "schemathesis.toml")),
        *("run", f"{BASE}/openapi.json"),
        *("--checks", "all"),
        *("--max-examples", EXAMPLES),
        *("--seed", SEED),
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
