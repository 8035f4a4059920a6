"""A changed word makes no migration; a changed table does."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from centres.models import Place
from cms.wordless_migrations import WordlessAutodetector
from tests.test_repository import PACKAGES, ROOT


def _changes() -> dict[str, list[Any]]:
    """Return the migrations that ``makemigrations`` would write now for our apps."""
    loader = MigrationLoader(None)
    detector = WordlessAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    ours = [config for config in apps.get_app_configs() if hasattr(config, "wordless_migrations")]
    return {config.label: changes[config.label] for config in ours if config.label in changes}


pytestmark = pytest.mark.django_db


def test_nothing_is_missing() -> None:
    assert _changes() == {}


def test_words_make_no_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    field = Place._meta.get_field("name")
    monkeypatch.setattr(field, "_verbose_name", "another word")
    monkeypatch.setattr(field, "help_text", "another help")
    monkeypatch.setattr(Place._meta, "verbose_name", "another name")
    assert _changes() == {}


def test_a_column_makes_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Place._meta.get_field("name"), "max_length", 300)
    (migration,) = _changes()["centres"]
    (operation,) = migration.operations
    assert (operation.model_name, operation.name) == ("place", "name")


def test_migrations_hold_no_words() -> None:
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("migrations/0*.py")]
    assert len(files) >= 4
    words = ("verbose_name", "help_text", "choices=", "Validator(", "wagtail.blocks")
    assert [
        (str(path), word) for path in files for word in words if word in path.read_text("utf-8")
    ] == []
