"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    label = "family_feedback"
    default_auto_field = "django.db.models.BigAutoField"
    wordless_migrations = True

    def ready(self) -> None:
        from cms.delivery.rounds import register_round
        from feedback.ratings.forgetting import forget
        from feedback.reports import startup

        register_round("marks and keys of days that are over", 600, forget)
        startup.connect()
