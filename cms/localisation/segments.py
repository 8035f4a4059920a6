"""The segments of a source, brought up to date in a fixed number of queries.

``TranslationSource.refresh_segments`` of wagtail-localize (1.14.5) asks the database three times
for each sentence, and makes all rows after an inserted sentence anew. The outcome is the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class Segments:
    """The segments of a source, in its order, each with its context and what it holds."""

    strings: list[StringSegment]
    templates: list[TemplateSegment]
    related: list[RelatedObjectSegment]
    overridables: list[OverridableSegment]


def read_segments(source: TranslationSource) -> Segments:
    """Return the stored segments of *source*: a query for each kind."""

    def rows(model: type[models.Model], *related: str) -> list[Any]:
        stored = model._base_manager.filter(source=source).order_by("order", "pk")
        return list(stored.select_related("context", *related))

    return Segments(
        strings=rows(StringSegment, "string"),
        templates=rows(TemplateSegment, "template"),
        related=rows(RelatedObjectSegment, "object"),
        overridables=rows(OverridableSegment),
    )


def refresh_segments(source: TranslationSource, instance: models.Model) -> Segments:
    """Make the segments of *source* those of *instance*, whose child rows are in memory."""
    stored = read_segments(source)
    found: dict[type, list[Any]] = defaultdict(list)
    for value in extract_segments(instance):
        found[type(value)].append(value)
    contexts = _contexts(source, instance, stored, [v.path for vs in found.values() for v in vs])
    strings = _strings(source, stored, [value.string.data for value in found[StringSegmentValue]])
    templates = _templates(stored, found[TemplateSegmentValue])

    def segment(model: type[models.Model], value: Any, **content: Any) -> Any:
        return model(source=source, context=contexts[value.path], order=value.order, **content)

    related = [RelatedObjectSegment.from_value(source, v) for v in found[RelatedObjectSegmentValue]]
    if gone := {row.pk for row in stored.related} - {row.pk for row in related}:
        RelatedObjectSegment.objects.filter(pk__in=gone).delete()
    return Segments(
        strings=_replace(
            stored.strings,
            [
                segment(
                    StringSegment,
                    value,
                    string=strings[value.string.data],
                    attrs=json.dumps(value.attrs, cls=DjangoJSONEncoder),
                )
                for value in found[StringSegmentValue]
            ],
        ),
        templates=_replace(
            stored.templates,
            [
                segment(TemplateSegment, value, template=templates[_template_id(value)])
                for value in found[TemplateSegmentValue]
            ],
        ),
        related=related,
        overridables=_replace(
            stored.overridables,
            [
                segment(
                    OverridableSegment,
                    value,
                    data_json=json.dumps(value.data, cls=DjangoJSONEncoder),
                )
                for value in found[OverridableSegmentValue]
            ],
        ),
    )


def _contexts(
    source: TranslationSource, instance: models.Model, stored: Segments, paths: Iterable[str]
) -> dict[str, TranslationContext]:
    wanted = {TranslationContext._get_path_id(path): path for path in paths}

    def make(path_id: UUID) -> TranslationContext:
        context = TranslationContext(
            object_id=source.object_id, path_id=path_id, path=wanted[path_id]
        )
        # Working out the place among the fields saves the row, which is only made below.
        vars(context)["save"] = lambda **kwargs: None
        context.get_field_path(instance)
        del vars(context)["save"]
        return context

    known = {row.context.path_id: row.context for row in (*stored.strings, *stored.templates)}
    rows = _found_or_made(known, wanted, make, key=["object", "path_id"], content="path")
    return {wanted[path_id]: row for path_id, row in rows.items()}


def _strings(
    source: TranslationSource, stored: Segments, texts: Iterable[str]
) -> dict[str, String]:
    wanted = {String._get_data_hash(text): text for text in texts}

    def make(data_hash: UUID) -> String:
        return String(locale_id=source.locale_id, data_hash=data_hash, data=wanted[data_hash])

    known = {row.string.data_hash: row.string for row in stored.strings}
    rows = _found_or_made(known, wanted, make, key=["locale", "data_hash"], content="data")
    return {wanted[data_hash]: row for data_hash, row in rows.items()}


def _template_id(value: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _templates(stored: Segments, values: Iterable[TemplateSegmentValue]) -> dict[UUID, Template]:
    wanted = {_template_id(value): value for value in values}

    def make(key: UUID) -> Template:
        value = wanted[key]
        return Template(
            uuid=key,
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )

    known = {row.template.uuid: row.template for row in stored.templates}
    return _found_or_made(known, wanted, make, key=["uuid"], content="template")


def _found_or_made(
    known: dict[UUID, Any],
    wanted: Iterable[UUID],
    make: Callable[[UUID], Any],
    *,
    key: list[str],
    content: str,
) -> dict[UUID, Any]:
    """Return the rows that are *wanted*: those that are *known*, and others in one statement.

    A row that exists already, or that another process makes at the same time, keeps its primary
    key: only *content*, which *key* is computed from, is written over itself. The order of writing
    is the same in every process, so that none waits for the other.
    """
    rows = {name: known[name] for name in wanted if name in known}
    missing = {name: make(name) for name in sorted(set(wanted) - set(rows))}
    if missing:
        model = type(next(iter(missing.values())))
        model._base_manager.bulk_create(
            missing.values(), update_conflicts=True, unique_fields=key, update_fields=[content]
        )
    return rows | missing


def _content(row: models.Model) -> tuple[Any, ...]:
    fields = row._meta.concrete_fields
    return tuple(
        getattr(row, field.attname) for field in fields if field.name not in ("id", "order")
    )


def _replace(stored: list[Any], wanted: list[Any]) -> list[Any]:
    """Store the rows *wanted* in place of those *stored*, of one source and model; return them.

    Equal rows stay, in their new order. Others are written over, made or deleted.
    """
    free: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in reversed(stored):
        free[_content(row)].append(row)
    moved, new = [], []
    for row in wanted:
        if same := free[_content(row)]:
            old = same.pop()
            row.pk = old.pk
            if old.order != row.order:
                moved.append(row)
        else:
            new.append(row)
    left = sorted((row.order, row.pk) for rows in free.values() for row in rows)
    changed, made, gone = new[: len(left)], new[len(left) :], left[len(new) :]
    for row, (_, pk) in zip(changed, left, strict=False):
        row.pk = pk
    if gone:
        type(stored[0])._base_manager.filter(pk__in=[pk for _, pk in gone]).delete()
    if moved:
        type(moved[0])._base_manager.bulk_update(moved, ["order"])
    if changed:
        names = [field.name for field in changed[0]._meta.concrete_fields if field.name != "id"]
        type(changed[0])._base_manager.bulk_update(changed, names)
    if made:
        type(made[0])._base_manager.bulk_create(made)
    return wanted
