"""Verifies that every stored document equals a fresh build."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.delivery.verification import discrepancies


class Command(BaseCommand):
    help = "Compares every stored document with a fresh build; fails if one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = discrepancies()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Every stored document equals a fresh build.")
