"""Django's command; its notice of missing migrations follows the same rule as makemigrations."""

from __future__ import annotations

from django.core.management.commands import migrate

from cms.wordless_migrations import WordlessAutodetector


class Command(migrate.Command):
    autodetector = WordlessAutodetector
