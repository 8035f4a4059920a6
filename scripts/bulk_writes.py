"""Finds bulk writes to projected models: they send no signal, so documents would not follow.

A write is allowed where its function calls ``mark()`` of ``cms.delivery.marking``, where its model
is known and is not projected, and where :data:`ALLOWED` says why. What cannot be told from the
source counts as projected. Run by ``make lint``; it needs the project's settings, because which
models are projected is known only when the apps have announced their resources.
"""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cms", "home", "centres", "feedback")
ALWAYS = frozenset({"bulk_create", "abulk_create", "bulk_update", "abulk_update", "_raw_delete"})
QUERYSET = frozenset({"update", "aupdate", "delete", "adelete"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SINGLE = frozenset({"get", "first", "last", "latest", "earliest", "create"})
MARKING = "cms.delivery.marking"

ALLOWED = {
    ("home.demo_content", "_make_home"): "Deletes one page as an instance: that sends signals.",
    ("cms.stream_data", "MigrateContentStreamData._change"): (
        "Historic models of a migration; its operation marks everything afterwards."
    ),
    ("cms.delivery.facets", "_store_rows"): "The read model's own tables, written by the drain.",
    ("cms.localisation.segments", "_found_or_made"): "wagtail-localize's own tables.",
    ("cms.localisation.segments", "_replace"): "wagtail-localize's own tables.",
    (
        "cms.localisation.publishing",
        "_write_rows",
    ): "Deletes rows as instances: that sends signals.",
    ("cms.localisation.publishing", "_revision_of"): "Updates a dictionary, not a table.",
    ("feedback.reports.attachments", "discard"): "Deletes a file; its row's model is known.",
    ("feedback.reports.models.step", "StepQuerySet.erase_texts"): "The history's own table.",
    ("cms.wordless_migrations", "_take_words_out"): "Updates a dictionary, not a table.",
}
"""Functions whose writes are right although nobody can tell from their source."""


@dataclass(frozen=True)
class Write:
    """A bulk write, with the model it goes to where that can be told."""

    module: str
    function: str
    line: int
    method: str
    model: type | None
    is_marked: bool


def writes(source: str, module: str) -> list[Write]:
    """Return the bulk writes in *source*, the text of *module*."""
    tree = ast.parse(source)
    return list(_Scope(module, tree, []).writes(tree))


def refused(found: list[Write], projected: set[type]) -> list[Write]:
    """Return the writes after which documents would not follow, as far as can be told."""
    return [
        write
        for write in found
        if not write.is_marked and (write.model is None or _reaches(write.model, projected))
    ]


def faults(found: list[Write]) -> list[str]:
    """Say what is wrong with refused writes, and which entries of ALLOWED allow nothing."""
    used = {(write.module, write.function) for write in found}
    told = [
        f"{write.module}:{write.line}: {write.function} calls {write.method}() on "
        f"{write.model.__name__ if write.model else 'a model that cannot be told'}: call mark() "
        "of cms.delivery.marking in the same function, or say in scripts/bulk_writes.py why not."
        for write in found
        if (write.module, write.function) not in ALLOWED
    ]
    stale = [f"ALLOWED names {key}, which needs it no longer." for key in ALLOWED.keys() - used]
    return told + stale


def _reaches(model: type, projected: set[type]) -> bool:
    """Whether a write to *model* changes rows of a projected one: a base, a proxy or itself."""
    return any(issubclass(model, item) or issubclass(item, model) for item in projected)


class _Scope:
    """A module, class or function while it is searched, with those around it."""

    def __init__(self, module: str, node: ast.AST, around: list[ast.AST]) -> None:
        self.module = module
        self.around = [*around, node]
        self.functions = [
            item for item in self.around if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
        ]

    def writes(self, node: ast.AST) -> Iterator[Write]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from _Scope(self.module, child, self.around).writes(child)
                continue
            if (found := _written(child)) is not None:
                method, receiver = found
                if not (method.endswith("delete") and self._is_one_object(receiver)):
                    yield Write(
                        self.module,
                        ".".join(item.name for item in self.around if hasattr(item, "name"))
                        or "<module>",
                        getattr(child, "lineno", 0),
                        method,
                        self._model(receiver),
                        self._is_marked(),
                    )
            yield from self.writes(child)

    def _is_marked(self) -> bool:
        return any(
            isinstance(call, ast.Call) and self._is_mark(call.func)
            for function in self.functions
            for call in _own_nodes(function)
        )

    def _is_mark(self, called: ast.expr) -> bool:
        if not isinstance(called, ast.Name | ast.Attribute):
            return False
        name = called.id if isinstance(called, ast.Name) else called.attr
        return name.startswith("mark") and (
            getattr(self._value(called), "__module__", None) == MARKING
            or self._imports(called, name)
        )

    def _imports(self, called: ast.expr, name: str) -> bool:
        """Whether a function around imports *name* from the marking module for itself."""
        return isinstance(called, ast.Name) and any(
            isinstance(item, ast.ImportFrom)
            and item.module == MARKING
            and name in {alias.asname or alias.name for alias in item.names}
            for function in self.functions
            for item in ast.walk(function)
        )

    def _model(self, receiver: ast.expr | None, seen: frozenset[str] = frozenset()) -> type | None:
        """Return the model whose manager *receiver* starts from, or ``None``.

        Only calls may stand between: ``Site.objects.get().root_page`` is no queryset of sites.
        """
        node, is_called = receiver, False
        while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
                value = self._value(node.value)
                return value if isinstance(value, type) and hasattr(value, "_meta") else None
            if isinstance(node, ast.Attribute) and not is_called:
                return None
            is_called = isinstance(node, ast.Call)
            node = node.func if isinstance(node, ast.Call) else node.value
        if not isinstance(node, ast.Name) or node.id in seen:
            return None
        models = {self._model(value, seen | {node.id}) for value in self._assigned(node.id)}
        return models.pop() if len(models) == 1 else None

    def _assigned(self, name: str) -> list[ast.expr]:
        """Return all that the function assigns to *name*; nothing where it may be more."""
        if not self.functions:
            return []
        items = list(ast.walk(self.functions[-1]))
        values = [
            item.value
            for item in items
            if isinstance(item, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == name for target in item.targets)
        ]
        stored = [
            item
            for item in items
            if (isinstance(item, ast.arg) and item.arg == name)
            or (
                isinstance(item, ast.Name)
                and item.id == name
                and not isinstance(item.ctx, ast.Load)
            )
        ]
        return values if len(values) == len(stored) else []

    def _is_one_object(self, receiver: ast.expr | None) -> bool:
        """Whether the receiver is one object by how it was got: its ``delete()`` sends signals."""
        if isinstance(receiver, ast.Name):
            values = self._assigned(receiver.id)
            return bool(values) and all(_is_single(value) for value in values)
        return _is_single(receiver)

    def _value(self, node: ast.expr) -> Any:
        """Return what a dotted name means in the module, unless a function gives it a meaning."""
        if isinstance(node, ast.Attribute):
            return getattr(self._value(node.value), node.attr, None)
        if not isinstance(node, ast.Name) or self._is_local(node.id):
            return None
        return getattr(self._namespace(), node.id, None)

    def _is_local(self, name: str) -> bool:
        return any(
            (isinstance(item, ast.Name) and item.id == name and isinstance(item.ctx, ast.Store))
            or (isinstance(item, ast.arg) and item.arg == name)
            or (isinstance(item, ast.alias) and (item.asname or item.name) == name)
            for function in self.functions
            for item in ast.walk(function)
        )

    def _namespace(self) -> ModuleType:
        return importlib.import_module(self.module)


def _written(node: ast.AST) -> tuple[str, ast.expr | None] | None:
    """Return the method and the receiver if *node* may write in bulk."""
    if isinstance(node, ast.Attribute) and node.attr in ALWAYS:
        return node.attr, node.value
    if not isinstance(node, ast.Call):
        return None
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr in QUERYSET:
        # A queryset takes no positional argument; dictionaries, sets and caches do.
        return None if node.args or _is_empty_update(node) else (called.attr, called.value)
    if isinstance(called, ast.Name) and called.id == "getattr" and len(node.args) > 1:
        name = node.args[1]
        if isinstance(name, ast.Constant) and name.value in ALWAYS | QUERYSET:
            return str(name.value), node.args[0]
    return None


def _is_empty_update(node: ast.Call) -> bool:
    is_update = isinstance(node.func, ast.Attribute) and node.func.attr.endswith("update")
    return is_update and not node.keywords


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when *function* does, not what functions inside it would do."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _own_nodes(child)


def _is_single(value: ast.expr | None) -> bool:
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr in SINGLE
    )


def repository_writes() -> list[Write]:
    """Return the bulk writes in our packages; migrations work on historic models."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                module = ".".join(part for part in parts if part != "__init__")
                found += writes(path.read_text(encoding="utf-8"), module)
    return found


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    import django

    django.setup()
    from cms.delivery.projected import projected_models

    told = faults(refused(repository_writes(), projected_models()))
    print("\n".join(told) or "Bulk writes: all marked, allowed, or to tables without documents.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
