"""Gives the feed a new identity after a restore: every cursor that was given out is gone."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.delivery.feed_lock import lock_feed


class Command(BaseCommand):
    help = "Run it after restoring a backup: portals get 410 Gone and start over."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            feed = lock_feed()
            feed.feed_id = uuid.uuid4()
            feed.save(update_fields=["feed_id"])
        self.stdout.write(f"The feed is now {feed.feed_id}.")
