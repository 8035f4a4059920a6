"""The document that is kept in the repository, and the one of the last release."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.processes import ROOT

SNAPSHOT = ROOT / "docs" / "openapi.json"
RELEASED = ROOT / "docs" / "openapi-released.json"


def test_snapshot_is_the_document_of_this_code() -> None:
    """If this fails: ``make openapi``, and look at what has changed."""
    call_command("openapi", check=SNAPSHOT)


def test_nothing_breaks_the_readers_of_the_last_release() -> None:
    """If this fails: keep what was there. Only a new major version may break its readers.

    A release copies ``docs/openapi.json`` over ``docs/openapi-released.json``.
    """
    call_command("openapi", compatible_with=RELEASED)


def test_stale_snapshot_is_refused_with_the_command_to_run(tmp_path: Path) -> None:
    stale = tmp_path / "openapi.json"
    stale.write_text(SNAPSHOT.read_text(encoding="utf-8").replace("Upsert", "Insert"))
    with pytest.raises(CommandError, match="make openapi"):
        call_command("openapi", check=stale)


def test_breaking_change_is_refused_by_name(tmp_path: Path) -> None:
    released = json.loads(RELEASED.read_text(encoding="utf-8"))
    released["paths"]["/bygone"] = released["paths"]["/centres"]
    kept = tmp_path / "released.json"
    kept.write_text(json.dumps(released))
    with pytest.raises(CommandError, match="/bygone: the path is gone"):
        call_command("openapi", compatible_with=kept)


def test_document_is_printed_without_a_file() -> None:
    out = StringIO()
    call_command("openapi", stdout=out)
    assert out.getvalue() == SNAPSHOT.read_text(encoding="utf-8")
