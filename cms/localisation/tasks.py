"""What the worker does for translations."""

from __future__ import annotations

from django_tasks import task

from cms.localisation.synchronising import synchronise
from cms.localisation.withdrawing import withdraw


@task()
def follow_source(source_pk: int) -> None:
    """Bring translations to where their source is: synchronised, or unpublished with it."""
    synchronise(source_pk)
    withdraw(source_pk)
