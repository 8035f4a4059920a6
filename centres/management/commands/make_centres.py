"""Makes invented centres for measurements and load tests, the same ones for the same seed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from centres.demo.invented import make_centres
from cms import conf
from cms.delivery.drain import drain_all
from cms.delivery.intervals import roll


class Command(BaseCommand):
    help = "Adds invented centres to the demonstration content, for measurements."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, required=True, help="How many to add.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, other centres.")
        parser.add_argument("--drain", action="store_true", help="Build all entries at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not conf.is_demo():
            raise CommandError("Invented centres are for demonstrations only: set DEMO=true.")
        if options["count"] < 1:
            raise CommandError("Give a --count of 1 or more.")
        try:
            total = make_centres(options["count"], options["seed"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"There are {total} invented centres.")
        if options["drain"]:
            built = drain_all()
            roll()
            self.stdout.write(f"{built} entries were built.")
