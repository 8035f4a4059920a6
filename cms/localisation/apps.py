"""Translators' tools as an app."""

from __future__ import annotations

from django.apps import AppConfig


class LocalisationConfig(AppConfig):
    name = "cms.localisation"
    label = "family_localisation"
    verbose_name = "Localisation"
    default_auto_field = "django.db.models.BigAutoField"
    wordless_migrations = True

    def ready(self) -> None:
        from cms.delivery.rounds import register_round
        from cms.delivery.untranslated import register_finder
        from cms.localisation import checks, deleting, signals  # noqa: F401
        from cms.localisation.sweeping import sweep
        from cms.localisation.untranslated import untranslated_texts

        signals.connect()
        deleting.connect()
        register_finder(untranslated_texts)
        register_round("translations that lag behind", 60, sweep)
