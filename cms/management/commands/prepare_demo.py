"""Everything that the demonstration needs before it is served, in one process."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from wagtail.models import Site

from cms.delivery.drain import drain_all

LOCAL = frozenset({"127.0.0.1", "localhost"})


class Command(BaseCommand):
    help = "Migrates, loads what is missing, creates the accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, required=True, help="Where it will be served.")
        parser.add_argument("--accounts", type=Path, required=True, help="Where passwords are.")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_demo", drafts=True, stdout=self.stdout)
        self._follow_port(options["port"])
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("create_accounts", file=options["accounts"], stdout=StringIO())

    def _follow_port(self, port: int) -> None:
        """Addresses in documents name the port on which this machine serves them."""
        site = Site.objects.get(is_default_site=True)
        if site.hostname in LOCAL and site.port != port:
            site.port = port
            site.save()
            drain_all()
