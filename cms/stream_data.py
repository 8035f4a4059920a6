"""Migrations of stream content: Wagtail's ``MigrateStreamData`` for :class:`ContentStreamField`.

A migration sees our streams as plain JSON, without block definitions, so this operation reads and
writes JSON (:mod:`cms.stream_paths` says why it walks by shape). It also covers what Wagtail's
leaves out: child rows that are nested in revisions of their page, and the contents that
wagtail-localize keeps of what it translates, with the places of the translated sentences.

    operations = [
        MigrateContentStreamData(
            "centres", "CentrePage", "body",
            [(RenameStructChildrenOperation("caption", "label"), "links.links.item")],
        ),
    ]

Apps that the migration's state does not know yet hold nothing and are left out. Not covered:
comments in the editor, whose place is a content path, and the reference index (run
``rebuild_references_index``).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from django.apps import apps as live_apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import BaseBlockOperation
from wagtail.fields import StreamField

from cms.delivery import keys
from cms.stream_paths import apply_at, inverse, moved, moved_paths

Step: TypeAlias = tuple[BaseBlockOperation, str]
Change: TypeAlias = Callable[[Any], Any]
LOCALIZE_PATHS = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")
"""Namespace of wagtail-localize's path ids (``TranslationContext._get_path_id``, 1.14.5): a
historic model has no such method."""


class MigrateContentStreamData(MigrateStreamData):
    """Changes stored blocks in rows, revisions and translation sources, and marks everything.

    All revisions are changed: one left behind would lose its blocks when it is restored. It can
    be reversed where all its operations are renames.
    """

    def __init__(
        self,
        app_name: str,
        model_name: str,
        field_name: str,
        operations_and_block_paths: list[Step],
        chunk_size: int = 200,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            app_name, model_name, field_name, operations_and_block_paths, None, chunk_size, **kwargs
        )
        back = [(inverse(step), path) for step, path in reversed(operations_and_block_paths)]
        self.backward_steps = [(step, path) for step, path in back if step is not None]
        is_reversible = len(self.backward_steps) == len(operations_and_block_paths)
        self.reverse_code = self.migrate_stream_data_backward if is_reversible else None

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        name, args, kwargs = super().deconstruct()
        made = ("code", "reverse_code", "revisions_from")
        return name, args, {key: kwargs[key] for key in kwargs if key not in made}

    def migrate_stream_data_forward(self, apps: Any, schema_editor: Any) -> None:
        self._migrate(apps, schema_editor.connection.alias, self.operations_and_block_paths)

    def migrate_stream_data_backward(self, apps: Any, schema_editor: Any) -> None:
        self._migrate(apps, schema_editor.connection.alias, self.backward_steps)

    def _migrate(self, apps: Any, database: str, steps: list[Step]) -> None:
        stream = _Stream(self._live_model(), self.field_name, steps)
        rows = apps.get_model(self.app_name, self.model_name)._base_manager.using(database)
        changed = self._change(rows, self.field_name, stream.change)
        for holder, change in stream.snapshots():
            revisions = _rows_of(apps, database, "wagtailcore.Revision", "content_type", holder)
            changed += self._change(revisions, "content", change)
            label = "wagtail_localize.TranslationSource"
            sources = _rows_of(apps, database, label, "specific_content_type", holder)
            changed += self._change(sources, "content_json", partial(_change_text, change))
            if sources is not None:
                _move_contexts(apps, database, sources, stream.moves)
        if changed and (mark := _model(apps, "family_delivery.Mark")):
            mark._base_manager.using(database).create(key=keys.EVERYTHING)

    def _live_model(self) -> type[models.Model]:
        model = live_apps.get_model(self.app_name, self.model_name)
        if not isinstance(model._meta.get_field(self.field_name), StreamField):
            raise ImproperlyConfigured(f"{model.__name__}.{self.field_name} is no StreamField.")
        return model

    def _change(self, rows: Any, field: str, change: Change) -> int:
        """Write what *change* makes of *field*; return in how many rows that is something else."""
        number = 0
        if rows is None:
            return number
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), self.chunk_size):
            chunk = rows.filter(pk__in=pks[start : start + self.chunk_size])
            for pk, before in chunk.values_list("pk", field):
                after = change(before)
                if after != before:
                    rows.filter(pk=pk).update(**{field: after})
                    number += 1
        return number


class _Stream:
    """Applies the steps to one stream: alone, in its object's snapshot, or in its parent's.

    ``moves`` has for each step the content paths, old and new, of struct children it renamed.
    """

    def __init__(self, model: type[models.Model], field: str, steps: list[Step]) -> None:
        self.model = model
        self.field = field
        self.steps = steps
        self.moves: list[dict[str, str]] = [{} for _step in steps]

    def snapshots(self) -> Iterator[tuple[type[models.Model], Change]]:
        """Yield the models whose revisions hold the stream, with what changes one."""
        for model in _with_subclasses(self.model):
            yield model, partial(self._change_within, prefix=self.field)
        for key in self.model._meta.get_fields():
            if isinstance(key, ParentalKey):
                relation = key.remote_field.get_accessor_name()
                for parent in _with_subclasses(key.remote_field.model):
                    yield parent, partial(self._change_rows_of, relation)

    def change(self, stream: Any, prefix: str = "") -> Any:
        for (operation, path), moves in zip(self.steps, self.moves, strict=True):
            stream, trails = apply_at(stream, path.split(".") if path else [], operation)
            for old, new in moved_paths(operation, trails):
                moves[f"{prefix}.{old}"] = f"{prefix}.{new}"
        return stream

    def _change_rows_of(self, relation: str, snapshot: Any) -> Any:
        if relation not in snapshot:
            return snapshot
        rows = [
            self._change_within(row, f"{relation}.{row.get('translation_key')}.{self.field}")
            for row in snapshot[relation]
        ]
        return {**snapshot, relation: rows}

    def _change_within(self, snapshot: Any, prefix: str) -> Any:
        """Change the stream in a snapshot, where it is JSON text inside JSON."""
        stored = snapshot.get(self.field)
        if not isinstance(stored, str):
            return snapshot
        before = json.loads(stored)
        after = self.change(before, prefix)
        return snapshot if after == before else {**snapshot, self.field: json.dumps(after)}


def _change_text(change: Change, text: str) -> str:
    before = json.loads(text)
    after = change(before)
    return text if after == before else json.dumps(after)


def _with_subclasses(model: type[models.Model]) -> list[type[models.Model]]:
    return [item for item in live_apps.get_models() if issubclass(item, model)]


def _model(apps: Any, label: str) -> Any:
    """Return a historic model, or ``None`` where its app has not been set up yet."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _rows_of(
    apps: Any, database: str, label: str, content_type: str, holder: type[models.Model]
) -> Any:
    """Return the rows of *label* about objects of *holder*, or ``None`` without such a model."""
    model = _model(apps, label)
    return model and model._base_manager.using(database).filter(
        **{
            f"{content_type}__app_label": holder._meta.app_label,
            f"{content_type}__model": holder._meta.model_name,
        }
    )


def _move_contexts(
    apps: Any, database: str, sources: Any, moves: Sequence[Mapping[str, str]]
) -> None:
    """Let translated sentences follow to the new path of their block."""
    if not any(moves):
        return
    contexts = _model(apps, "wagtail_localize.TranslationContext")._base_manager.using(database)
    for context in contexts.filter(object_id__in=sources.values("object_id")):
        path = moved(context.path, moves)
        if path == context.path:
            continue
        path_id = uuid.uuid5(LOCALIZE_PATHS, path)
        if contexts.filter(object_id=context.object_id, path_id=path_id).exists():
            continue
        context.path, context.path_id = path, path_id
        # Empty: wagtail-localize works it out anew.
        context.field_path = ""
        context.save(update_fields=["path", "path_id", "field_path"])
