"""Drains all marks and pending entries once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.delivery.drain import drain_all


class Command(BaseCommand):
    help = "Builds every entry that a write has touched."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{drain_all()} entries built.")
