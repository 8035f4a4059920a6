"""Loads the demonstration content: real facts from public sources, in Italian and English."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.delivery.drain import drain_all
from cms.delivery.intervals import roll
from cms.demo import loaders


class Command(BaseCommand):
    help = "Loads the demonstration content; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--drafts",
            action="store_true",
            help="Load drafts in further languages too, which wait for somebody to review them.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                for loader in loaders(drafts=options["drafts"]):
                    loader()
        except ValidationError as error:
            raise CommandError(_rows(error)) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        built = drain_all()
        roll()
        self.stdout.write(f"Demonstration content is loaded; {built} entries were built.")


def _rows(error: ValidationError) -> str:
    if hasattr(error, "error_dict"):
        return "\n".join(
            f"{field}: {message}"
            for field, found in error.message_dict.items()
            for message in found
        )
    return "\n".join(error.messages)
