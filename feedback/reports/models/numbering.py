"""Numbers without gaps, beginning again each year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models, transaction


@dataclass(frozen=True)
class ReportNumber:
    """The number of a report, such as ``ACC-2026-000001``."""

    year: int
    serial: int

    def __str__(self) -> str:
        return f"ACC-{self.year}-{self.serial:06d}"


class CounterManager(models.Manager["ReportCounter"]):
    def take(self, year: int) -> ReportNumber:
        """Return the next number of *year*, in the transaction that stores what it numbers.

        The row stays locked until that transaction ends: the next writer waits, and a number of a
        transaction that is rolled back is given out again. Raises ``TransactionManagementError``
        outside of a transaction.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError(
                "A number is taken in the transaction that stores its report."
            )
        counter, _created = self.select_for_update().get_or_create(year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return ReportNumber(year, counter.last)


class ReportCounter(models.Model):
    """The last number given out in a year of Italy's calendar."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    objects = CounterManager()

    def __str__(self) -> str:
        return str(ReportNumber(self.year, self.last))
