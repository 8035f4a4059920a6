"""Django's command, with wording left out of the migrations of apps that ask for it."""

from __future__ import annotations

from django.core.management.commands import makemigrations

from cms.wordless_migrations import WordlessAutodetector


class Command(makemigrations.Command):
    autodetector = WordlessAutodetector
