"""Reminds officers of terms; the worker does the same by itself every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from feedback.reports.mails import send_due
from feedback.reports.reminding import remind


class Command(BaseCommand):
    help = "Reminds officers of open reports at 20, 27 and 30 days, once each; sends what waits."

    def handle(self, *args: Any, **options: Any) -> None:
        reminded = remind()
        while send_due():
            pass
        self.stdout.write(f"Reports with a new reminder: {reminded}.")
