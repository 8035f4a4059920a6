"""What was answered to a key, so that whoever sends the same again is told the same."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(hours=24)
"""How long a key is known."""


class KeptAnswer(models.Model):
    """The answer to a request that carried an idempotency key.

    ``name`` and ``digest`` are keyed hashes: of the key with the operation it was used for, and of
    the body. ``answer`` is JSON text.
    """

    name = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    answer = models.TextField()
    created = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.name


def forget_answers() -> int:
    """Delete what is kept no longer; return how many rows."""
    deleted, _by_model = KeptAnswer.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
