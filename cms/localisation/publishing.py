"""Publishes a translation that was renewed in memory, and writes no more than what changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, Revision

from cms.localisation.targets import parent_of, row_content, rows_of

ADDRESS = frozenset({"slug", "url_path", "path", "depth", "numchild"})
"""Fields of a page that say where it stands."""


def publish(target: Any, stored: Any, rows_before: dict[str, list[Any]]) -> Revision:
    """Publish *target*, of which *stored* and *rows_before* are live: only what changed is written.

    Wagtail would read the revision back, ask for every foreign key in it, and write all rows.
    """
    is_page = isinstance(target, Page)
    keeps_address = is_page and target.slug == stored.slug
    if keeps_address:
        # It is its own already.
        vars(target)["_check_slug_is_unique"] = lambda: None
    # Its foreign keys are the source's, or were its own before.
    keys = [field.name for field in target._meta.fields if field.is_relation]
    target.full_clean(exclude=keys, validate_unique=False, validate_constraints=False)
    _write_rows(target, rows_before)
    revision = _revision_of(target, stored)
    target._cluster_related_objects = {}
    action_class = PublishPageRevisionAction if is_page else PublishRevisionAction
    action = action_class(revision)
    target.was_synchronised = True
    if is_page:
        vars(target)["save"] = partial(target.save, clean=False, **_limits(target, keeps_address))
    action.execute(skip_permission_checks=True)
    return revision


def _write_rows(target: Any, before: dict[str, list[Any]]) -> None:
    rows = rows_of(target)
    for name, old in before.items():
        contents = {row.pk: row_content(row) for row in old}
        kept = {row.pk for row in rows[name]}
        for row in old:
            if row.pk not in kept:
                row.delete()
        for row in rows[name]:
            if row.pk is None or contents.get(row.pk) != row_content(row):
                setattr(row, parent_of(row).attname, target.pk)
                row.save()


def _limits(page: Page, keeps_address: bool) -> dict[str, list[str]]:
    """Return what limits a save to the content of *page*, where its address stays.

    Wagtail then has no address to compare, and a page that is moved meanwhile stays where it is.
    """
    if not keeps_address:
        return {}
    fields = [field for field in page._meta.concrete_fields if not field.primary_key]
    return {"update_fields": [field.name for field in fields if field.name not in ADDRESS]}


def _revision_of(target: Any, stored: Any) -> Revision:
    """Return a new revision of *target* that is about to be published, and so is not read back.

    Wagtail asks for the one before to tell whether *target* has another name than *stored*.
    """
    revision: Revision = Revision.objects.create(
        content_object=target,
        base_content_type=target.get_base_content_type(),
        content=target.serializable_data(),
        object_str=str(target),
    )
    target.latest_revision = revision
    if isinstance(target, Page):
        target.latest_revision_created_at = revision.created_at
        target.draft_title = target.title
    vars(revision).update(
        as_object=lambda: target,
        is_latest_revision=lambda: True,
        get_previous=lambda: Revision(content_object=stored),
    )
    return revision
