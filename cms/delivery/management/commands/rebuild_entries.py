"""Builds every entry anew. Only what changed takes a new number; the feed goes on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.delivery.drain import add_pending, all_targets, drain_all
from cms.delivery.feed_lock import lock_feed


class Command(BaseCommand):
    help = "Builds every entry anew, in chunks."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            feed = lock_feed()
            before = feed.head
            add_pending(all_targets())
        built = drain_all()
        with transaction.atomic():
            changed = lock_feed().head - before
        self.stdout.write(f"{built} entries built, {changed} changed.")
