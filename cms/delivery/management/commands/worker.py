"""The worker: drains what writers left, publishes what is due, and runs background tasks."""

from __future__ import annotations

import logging
import signal
import threading
import time
import uuid
from types import FrameType
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from cms.delivery.builders import rebuild_after_deploy
from cms.delivery.drain import drain
from cms.delivery.follow_up import follow_up
from cms.delivery.intervals import roll
from cms.delivery.rounds import make_rounds
from cms.delivery.schedule import something_is_due

logger = logging.getLogger(__name__)

SCHEDULE = 2.0
"""Seconds between two looks for what is to be published or has expired."""

PAUSE = 0.1
"""Seconds between two chunks where only one process can write at a time.

SQLite keeps no queue: who waits for its lock looks again after at most a tenth of a second, and
would find it taken until all is built. An editor who waited too long would read "database is
locked".
"""

TASKS = 20
"""How many background tasks run before the next drain, and before the next look at signals."""


class Command(BaseCommand):
    help = "Drains marks, publishes scheduled pages and unpublishes expired ones, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="Seconds between drains.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        self.worker_id = uuid.uuid4().hex
        due, is_current = 0.0, False
        self.stdout.write("Worker is running.")
        while not self.stopped.is_set():
            try:
                if not is_current:
                    rebuild_after_deploy()
                    is_current = True
                if time.monotonic() >= due:
                    self._publish_what_is_due()
                    roll()
                    due = time.monotonic() + SCHEDULE
                while not self.stopped.is_set() and drain():
                    if not connection.features.has_select_for_update:
                        self.stopped.wait(PAUSE)
                follow_up()
                self._run_tasks()
                make_rounds()
            except (DatabaseError, InterfaceError):
                logger.exception("The worker lost the database; it tries again.")
                connection.close()
            close_old_connections()
            self.stopped.wait(options["interval"])
        self.stdout.write("Worker has stopped.")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped.set()

    def _publish_what_is_due(self) -> None:
        """A page that cannot be published must not stop the drain of all others."""
        if not something_is_due():
            return
        try:
            call_command("publish_scheduled", verbosity=0)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("What is due could not be published; the worker tries again.")

    def _run_tasks(self) -> None:
        """Run what Wagtail put on the database queue, where that is the host's backend.

        Not through the command ``db_worker``: it takes over the signals that stop us.
        """
        if not apps.is_installed("django_tasks_db"):
            return
        from django_tasks_db.management.commands.db_worker import Worker

        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        ).run()
