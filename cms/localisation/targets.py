"""The translated row of an object: built from the source's data and chosen words, then written.

wagtail-localize's ``create_or_update_translation`` (1.14.5) writes all child rows twice, and writes
a draft into the row that is live. Here a draft is a revision, and rows that did not change are left
alone.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import prefetch_related_objects
from modelcluster.fields import ParentalKey
from modelcluster.models import (
    ClusterableModel,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from cms.localisation.published import Sentence
from cms.localisation.segments import Segments, read_segments

Content = dict[str, Any]

BOOKKEEPING = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "draft_title", "live", "expired", "owner",
        "has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at",
        "expire_at", "latest_revision", "latest_revision_created_at", "live_revision", "locked",
        "locked_at", "locked_by", "alias_of", COMMENTS_RELATION_NAME,
    }
)  # fmt: skip
"""Fields that say nothing of the content."""


def serialised(instance: models.Model) -> Content:
    """Return all of *instance* as wagtail-localize and revisions keep it, as JSON would be read."""
    if isinstance(instance, ClusterableModel):
        data = instance.serializable_data()
    else:
        data = get_serializable_data_for_fields(instance)
    content: Content = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return content


def content_of(data: Content) -> Content:
    """Return what of *data* a reader could see change, to be compared with another such."""
    return {name: _comparable(value) for name, value in data.items() if name not in BOOKKEEPING}


def _comparable(value: Any) -> Any:
    """Return *value* with streams as values: as texts they differ by the order of their keys.

    PostgreSQL stores them in an order of its own.
    """
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return _comparable(json.loads(value))
        except ValueError:
            return value
    return value


def load_rows(*instances: Any) -> None:
    """Read the child rows of *instances*, of one model, into memory: a query for each relation."""
    for relation in _relations(type(instances[0])):
        name = relation.get_accessor_name()
        prefetch_related_objects(instances, name)
        for instance in instances:
            getattr(instance, name).get_object_list()
            # It would hide what is written later.
            instance._prefetched_objects_cache.clear()


def leave_comments(instance: Any) -> None:
    """Take the comments from *instance*, in memory: they are of one language only."""
    if isinstance(instance, Page):
        getattr(instance, COMMENTS_RELATION_NAME).set([])


def apart(instance: Any) -> Any:
    """Return a copy of *instance* and of its rows in memory, that may be changed apart from it.

    wagtail-localize writes translated words into the blocks of the source that it is given, and
    modelcluster moves the source's rows to the translation.
    """
    duplicate = copy.copy(instance)
    for field in instance._meta.fields:
        if isinstance(field, StreamField):
            stored = field.get_prep_value(getattr(instance, field.attname))
            setattr(duplicate, field.attname, field.to_python(stored))
    if isinstance(instance, ClusterableModel):
        kept = rows_of(instance)
        duplicate._cluster_related_objects = {}
        for name, rows in kept.items():
            getattr(duplicate, name).set([apart(row) for row in rows])
        leave_comments(duplicate)
    return duplicate


def fill(
    target: Any,
    original: Any,
    translation: Translation,
    words: Iterable[Sentence],
    segments: Segments | None = None,
) -> None:
    """Give *target*, in memory, the data of *original* and *words*; elsewhere stays the source's.

    An address is never replaced by the source's: readers keep their links. *segments* are those of
    the source, if read.
    """
    rows_before = rows_of(target)
    slug = getattr(target, "slug", None)
    source = translation.source
    # The rows of the one that is copied from become those of the target.
    copy_synchronised_fields(apart(original), target)
    chosen = {(item.context_id, item.string_id): item.words for item in words if item.words}
    segments = segments or read_segments(source)
    values = [*_strings(segments.strings, chosen), *_segments(segments, translation)]
    ingest_segments(apart(original), target, source.locale, translation.target_locale, values)
    if slug is not None and not any(
        row.context.path == "slug" and (row.context_id, row.string_id) in chosen
        for row in segments.strings
    ):
        target.slug = slug
    _keep_rows(target, rows_before)


def _strings(rows: list[StringSegment], chosen: dict[tuple[int, int], str]) -> list[Any]:
    return [
        StringSegmentValue(
            row.context.path,
            StringValue(chosen.get((row.context_id, row.string_id), row.string.data)),
            attrs=json.loads(row.attrs),
        ).with_order(row.order)
        for row in rows
    ]


def _segments(segments: Segments, translation: Translation) -> list[Any]:
    locale = translation.target_locale
    values: list[Any] = []
    for row in segments.templates:
        template = row.template
        values.append(
            TemplateSegmentValue(
                row.context.path,
                template.template_format,
                template.template,
                template.string_count,
                order=row.order,
            )
        )
    for row in segments.related:
        if row.object.has_translation(locale):
            values.append(
                RelatedObjectSegmentValue(
                    row.context.path,
                    row.object.content_type,
                    row.object.translation_key,
                    order=row.order,
                )
            )
    if not segments.overridables:
        return values
    overridable = OverridableSegment.objects.filter(source_id=translation.source_id)
    overrides = overridable.annotate_override_json(locale)
    for row in overrides.filter(override_json__isnull=False).select_related("context"):
        values.append(
            OverridableSegmentValue(
                row.context.path, json.loads(row.override_json), order=row.order
            )
        )
    return values


def _relations(model: type[models.Model]) -> list[Any]:
    if not issubclass(model, ClusterableModel):
        return []
    return [
        relation
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    ]


def rows_of(target: Any) -> dict[str, list[Any]]:
    """Return the child rows of *target* by the name of their relation."""
    return {
        relation.get_accessor_name(): list(getattr(target, relation.get_accessor_name()).all())
        for relation in _relations(type(target))
    }


def parent_of(row: Any) -> ParentalKey:
    """Return the field that names what the child *row* belongs to."""
    return next(field for field in row._meta.fields if isinstance(field, ParentalKey))


def row_content(row: Any) -> str:
    """Return all that the child *row* says, to be compared with another's."""
    data = serialised(row)
    ours = {"pk", parent_of(row).name}
    return json.dumps({name: value for name, value in data.items() if name not in ours})


def _keep_rows(target: Any, before: dict[str, list[Any]]) -> None:
    """Give rows that were copied the primary keys of equal ones, so that they are no new rows."""
    for name, old in before.items():
        new = list(getattr(target, name).all())
        taken = {row.pk for row in new if row.pk}
        free: dict[str, list[Any]] = {}
        for row in old:
            if row.pk not in taken:
                free.setdefault(row_content(row), []).append(row.pk)
        for row in new:
            if row.pk is None and (pks := free.get(row_content(row))):
                row.pk = pks.pop(0)


def save_draft(target: Any) -> Revision:
    """Keep *target* as its latest draft; what is live stays as it is."""
    revision: Revision = target.save_revision()
    return revision
