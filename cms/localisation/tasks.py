"""What the worker does for translations."""

from __future__ import annotations

from django_tasks import task

from cms.localisation.synchronising import synchronise
from cms.localisation.withdrawing import withdraw

BEFORE_INDEXING = 50
"""Wagtail queues a task for each row that it saves; readers of a translation wait for none."""


@task(priority=BEFORE_INDEXING)
def follow_source(source_pk: int) -> None:
    """Bring translations to where their source is: synchronised, or unpublished with it."""
    synchronise(source_pk)
    withdraw(source_pk)
