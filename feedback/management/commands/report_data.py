"""Answers the request of a person about their report, by the number on the receipt."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from feedback.reports.data_subject import find, held_data
from feedback.reports.erasing import erase
from feedback.reports.models import StepKind
from feedback.reports.working import record


class Command(BaseCommand):
    help = "Writes all that is held of a report as JSON, or deletes its content (--erase)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="The number on the receipt, such as ACC-2026-000001.")
        parser.add_argument("--erase", action="store_true", help="Delete its content.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = find(options["number"])
        if report is None:
            raise CommandError(f"No report has the number {options['number']!r}.")
        if options["erase"]:
            done = erase(report.pk)
            self.stdout.write("Its content was deleted." if done else "It holds no content.")
            return
        self.stdout.write(
            json.dumps(held_data(report), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )
        record(report, StepKind.EXPORTED)
