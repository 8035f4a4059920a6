"""Keeps wording out of migrations: a label that changes is no change of the schema.

An app asks for it with ``wordless_migrations = True`` on its ``AppConfig``. Labels, help texts,
choices, validators and plain mixins have no part in a table; written into migrations, each
correction of a word would make one, and each mixin could never be renamed.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState

WORDED_OPTIONS = ("verbose_name", "verbose_name_plural")


class WordlessAutodetector(MigrationAutodetector):
    """Compares and writes the models of such apps without their words."""

    def __init__(
        self, from_state: ProjectState, to_state: ProjectState, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(without_words(from_state), without_words(to_state), *args, **kwargs)


def without_words(state: ProjectState) -> ProjectState:
    """Return *state* with the words of every app that asks for it taken out, in place."""
    wordless = {
        config.label
        for config in apps.get_app_configs()
        if getattr(config, "wordless_migrations", False)
    }
    for (label, _name), model in state.models.items():
        if label in wordless:
            _take_words_out(model)
    return state


def _take_words_out(model: ModelState) -> None:
    for option in WORDED_OPTIONS:
        model.options.pop(option, None)
    for field in model.fields.values():
        field.choices = None
        vars(field).update(_verbose_name=None, help_text="", _validators=[])
    model.bases = tuple(base for base in model.bases if _is_model(base)) or (models.Model,)


def _is_model(base: Any) -> bool:
    return isinstance(base, str) or issubclass(base, models.Model)
