"""The OpenAPI document as a file: write it, compare it, refuse what would break its readers."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.http.openapi.breaking_changes import breaking_changes
from cms.http.openapi.document import published
from cms.http.openapi.publisher import EXAMPLE
from cms.http.openapi.serving import own_contract


class Command(BaseCommand):
    help = "Writes the OpenAPI document, or checks a file that holds it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", type=Path, metavar="FILE", help="write the document there")
        parser.add_argument("--check", type=Path, metavar="FILE", help="fail if it differs")
        parser.add_argument(
            "--compatible-with",
            type=Path,
            metavar="FILE",
            help="fail if a reader of the document in FILE, the last release, would be broken",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = published(own_contract(), EXAMPLE)
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        target: Path | None = options["write"]
        kept: Path | None = options["check"]
        released: Path | None = options["compatible_with"]
        if target:
            target.write_text(text, encoding="utf-8")
        if kept and (not kept.exists() or kept.read_text(encoding="utf-8") != text):
            raise CommandError(f"{kept} is not the document of this code. Renew it: make openapi")
        if released:
            broken = breaking_changes(json.loads(released.read_text(encoding="utf-8")), document)
            if broken:
                raise CommandError("\n".join([f"This breaks readers of {released}:", *broken]))
        if not (target or kept or released):
            self.stdout.write(text, ending="")
