"""Marks: what a write touched, appended in the writer's own transaction.

Bulk writes send no signals: whoever makes one calls :func:`mark` with the keys it touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from wagtail.models import Page, TranslatableMixin

from cms.delivery import keys, resources
from cms.delivery.models import Mark

HOUSEKEEPING = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "locked",
        "locked_at",
        "locked_by",
        "comments",
        "numchild",
    }
)
"""Fields that no document shows; a save of nothing else leaves no mark."""


def mark(*touched: str, own: str = "", locale: str = "") -> None:
    """Append marks for the keys *touched*, and for the writer's own object *own* in *locale*.

    The drain runs when the surrounding transaction commits; the worker does if it does not.
    """
    wanted = [(key, "") for key in dict.fromkeys(touched)]
    if own:
        wanted.append((own, locale))
    waiting = _waiting()
    known = {row for drain in waiting for row in drain.rows}
    new = [row for row in wanted if row not in known]
    if new:
        Mark.objects.bulk_create(Mark(key=key, locale=locale) for key, locale in new)
        transaction.on_commit(DrainOnCommit(frozenset(new)), robust=True)


@dataclass
class DrainOnCommit:
    """Drains when the transaction that wrote *rows*, marks with their locales, has committed.

    Where none of them is of a writer's own object, everything waits for the worker.

    Django forgets it together with the rows when the savepoint in which they were written is
    rolled back: as long as it waits, its rows are there, and need not be written again. A drain
    inside that transaction takes them away.
    """

    rows: frozenset[tuple[str, str]]
    is_drained: bool = False

    def __call__(self) -> None:
        from cms.delivery.drain import drain_own

        if any(locale for _key, locale in self.rows):
            drain_own()


def _waiting() -> list[DrainOnCommit]:
    connection = transaction.get_connection()
    callbacks = (callback[1] for callback in connection.run_on_commit)
    return [
        callback
        for callback in callbacks
        if isinstance(callback, DrainOnCommit) and not callback.is_drained
    ]


def marks_were_read() -> None:
    """Say that a drain has taken up the marks: what is written from now on is marked anew."""
    for waiting in _waiting():
        waiting.is_drained = True


def is_housekeeping(update_fields: Iterable[str] | None) -> bool:
    """Whether a save of *update_fields* changed nothing that a document shows."""
    return update_fields is not None and HOUSEKEEPING.issuperset(update_fields)


def mark_page(page: Page, *, moved: bool = False, deleted: bool = False) -> None:
    """Mark a page and its parent's list of children; with *moved* all that stands below it."""
    touched = [keys.page_key(page.translation_key)]
    if (model := page.specific_class) is not None:
        touched.append(keys.members_key(model))
    if moved or deleted:
        touched.append(keys.path_key(page.translation_key))
    if page.depth > 1 and page.path:
        parent = (
            Page.objects.filter(path=page._get_basepath(page.path, page.depth - 1))
            .values_list("translation_key", flat=True)
            .first()
        )
        if parent:
            touched.append(keys.children_key(parent))
    mark(*touched, own=keys.page_key(page.translation_key), locale=_language(page))


def mark_record(record: Any) -> None:
    """Mark a record of a vocabulary and the vocabulary's list of members."""
    model = type(record)
    key = keys.record_key(model, record.public_id)
    mark(key, keys.members_key(model), own=key, locale=_language(record))


def mark_owner(owner: models.Model) -> None:
    """Mark the page or record whose child row was written: only what shows its rows.

    An editor who publishes a centre writes fifteen of them.
    """
    if isinstance(owner, Page):
        mark(own=keys.page_key(owner.translation_key), locale=_language(owner))
    elif resources.for_model(type(owner)) is not None:
        record: Any = owner
        mark(own=keys.record_key(type(owner), record.public_id), locale=_language(owner))
    else:
        mark(keys.row_key(type(owner), owner.pk))


def _language(instance: models.Model) -> str:
    from wagtail.models import Locale

    if isinstance(instance, TranslatableMixin):
        return str(instance.locale.language_code)
    return str(Locale.get_default().language_code)
