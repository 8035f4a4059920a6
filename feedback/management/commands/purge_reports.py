"""Deletes the content of reports that were done long enough ago; statistics stay."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms import conf
from feedback.reports.erasing import due_for_erasure, erase


class Command(BaseCommand):
    help = "Deletes the content of reports answered or closed so many days ago; keeps statistics."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than",
            type=int,
            metavar="DAYS",
            help="Days since the report was answered or closed (else REPORT_RETENTION_DAYS).",
        )
        parser.add_argument("--dry-run", action="store_true", help="Only tell how many.")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["older_than"]
        if days is None:
            days = conf.report_retention_days()
        if days is None:
            raise CommandError(
                "How long reports are kept is the agency's to decide: set REPORT_RETENTION_DAYS, "
                "or name --older-than."
            )
        if days < 0:
            raise CommandError("Days cannot be below zero.")
        found = due_for_erasure(days)
        if options["dry_run"]:
            self.stdout.write(f"Reports whose content would be deleted: {len(found)}.")
            return
        erased = sum(erase(pk) for pk in found)
        self.stdout.write(f"Reports whose content was deleted: {erased}.")
