"""The ledger of demonstration content."""

from __future__ import annotations

from django.db import models


class LoadedRecord(models.Model):
    """Something that ``load_demo`` made once, whatever became of it since."""

    key = models.CharField(max_length=255, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
