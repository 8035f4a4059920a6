"""Creates the groups of the people who work here, and the workflow between them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.roles import set_up_roles


class Command(BaseCommand):
    help = "Creates or completes the groups and their workflow; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Groups: " + ", ".join(set_up_roles()) + ".")
