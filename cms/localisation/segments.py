"""The segments of a source, brought up to date in a fixed number of queries.

``TranslationSource.refresh_segments`` of wagtail-localize (1.14.5) asks the database three times
for each sentence, and makes all rows after an inserted sentence anew. The outcome is the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
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


def refresh_segments(source: TranslationSource, instance: models.Model) -> None:
    """Make the segments of *source* those of *instance*, whose child rows are in memory."""
    found: dict[type, list[Any]] = defaultdict(list)
    for value in extract_segments(instance):
        found[type(value)].append(value)
    contexts = _contexts(source, instance, [v.path for values in found.values() for v in values])
    strings = _strings(source, [value.string.data for value in found[StringSegmentValue]])
    templates = _templates(found[TemplateSegmentValue])
    _replace(
        StringSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "string_id": strings[value.string.data],
                "attrs": json.dumps(value.attrs, cls=DjangoJSONEncoder),
                "order": value.order,
            }
            for value in found[StringSegmentValue]
        ],
    )
    _replace(
        TemplateSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "template_id": templates[_template_id(value)],
                "order": value.order,
            }
            for value in found[TemplateSegmentValue]
        ],
    )
    _replace(
        OverridableSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "data_json": json.dumps(value.data, cls=DjangoJSONEncoder),
                "order": value.order,
            }
            for value in found[OverridableSegmentValue]
        ],
    )
    kept = [RelatedObjectSegment.from_value(source, v).pk for v in found[RelatedObjectSegmentValue]]
    source.relatedobjectsegment_set.exclude(pk__in=kept).delete()


def _contexts(
    source: TranslationSource, instance: models.Model, paths: Iterable[str]
) -> dict[str, int]:
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

    rows = TranslationContext.objects.filter(object_id=source.object_id)
    return {wanted[key]: pk for key, pk in _found_or_made(rows, "path_id", wanted, make).items()}


def _strings(source: TranslationSource, texts: Iterable[str]) -> dict[str, int]:
    wanted = {String._get_data_hash(text): text for text in texts}

    def make(data_hash: UUID) -> String:
        return String(locale_id=source.locale_id, data_hash=data_hash, data=wanted[data_hash])

    rows = String.objects.filter(locale_id=source.locale_id)
    return {wanted[key]: pk for key, pk in _found_or_made(rows, "data_hash", wanted, make).items()}


def _template_id(value: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _templates(values: Iterable[TemplateSegmentValue]) -> dict[UUID, int]:
    wanted = {_template_id(value): value for value in values}

    def make(key: UUID) -> Template:
        value = wanted[key]
        return Template(
            uuid=key,
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )

    return _found_or_made(Template.objects.all(), "uuid", wanted, make)


def _found_or_made(
    rows: models.QuerySet[Any], field: str, wanted: dict[UUID, Any], make: Callable[[UUID], Any]
) -> dict[UUID, int]:
    if not wanted:
        return {}
    found = dict(rows.filter(**{f"{field}__in": wanted}).values_list(field, "pk"))
    missing = [make(key) for key in wanted if key not in found]
    if missing:
        # Another process may make the same sentence at the same time.
        rows.model._base_manager.bulk_create(missing, ignore_conflicts=True)
        found = dict(rows.filter(**{f"{field}__in": wanted}).values_list(field, "pk"))
    return found


def _replace(
    model: type[models.Model], source: TranslationSource, wanted: list[dict[str, Any]]
) -> None:
    """Keep the rows that are wanted, in their new order; make what is missing, delete the rest."""
    kept: dict[Hashable, list[Any]] = defaultdict(list)
    for row in model._base_manager.filter(source=source).order_by("-order"):
        names = (wanted[0] if wanted else {}).keys() - {"order"}
        kept[tuple(getattr(row, name) for name in sorted(names))].append(row)
    moved, new = [], []
    for fields in wanted:
        same = kept[tuple(fields[name] for name in sorted(fields.keys() - {"order"}))]
        if not same:
            new.append(model(source=source, **fields))
            continue
        row = same.pop()
        if row.order != fields["order"]:
            row.order = fields["order"]
            moved.append(row)
    gone = [row.pk for rows in kept.values() for row in rows]
    if gone:
        model._base_manager.filter(pk__in=gone).delete()
    if moved:
        model._base_manager.bulk_update(moved, ["order"])
    if new:
        model._base_manager.bulk_create(new)
