"""What holds for the repository as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from wagtail import blocks
from wagtail.fields import StreamField

from cms import catalogues, checks
from cms.checks import check_blocks_state_text_or_data
from tests.processes import ROOT

PACKAGES = ("cms", "home", "centres", "feedback")


def test_catalogues_are_complete() -> None:
    assert catalogues.gaps(ROOT) == []


def test_migrations_are_small_and_hold_no_block_definitions() -> None:
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("migrations/0*.py")]
    assert len(files) >= 4
    assert sum(path.stat().st_size for path in files) < 200_000
    assert not any("wagtail.blocks" in path.read_text() for path in files)


def test_system_checks_pass(db: None) -> None:
    call_command("check", fail_level="WARNING")


def test_a_block_that_nobody_decided_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    model = apps.get_model("home.StandardPage")
    field = model._meta.get_field("body")
    undecided = blocks.StreamBlock([("code", blocks.CharBlock())])
    monkeypatch.setitem(field.__dict__, "stream_block", undecided)
    assert [error.id for error in check_blocks_state_text_or_data()] == ["family_cms.E001"]


def test_every_stream_is_walked_by_the_check() -> None:
    models = list(checks._our_models())
    streams = [
        field
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    assert len(streams) >= 10


def test_files_are_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for name in (*PACKAGES, "tests", "scripts")
        for path in (ROOT / name).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_commits_name_no_machine() -> None:
    pattern = re.compile(r"/(?:root|work|tmp|home)/[a-z]")
    suffixes = {".py", ".toml", ".md", ".html", ".yml", ".lock", ".css", ".js"}
    folders = (*PACKAGES, "docs", "scripts")
    files = [path for name in folders for path in (ROOT / name).rglob("*")]
    files += [Path(ROOT / name) for name in ("README.md", "Makefile", "requirements.lock")]
    assert [
        str(path)
        for path in files
        if path.suffix in suffixes and pattern.search(path.read_text(encoding="utf-8"))
    ] == []
