"""The foundation as an app."""

from __future__ import annotations

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "family_cms"
    verbose_name = "Family centres"
    default_auto_field = "django.db.models.BigAutoField"
    wordless_migrations = True

    def ready(self) -> None:
        from cms import (
            checks,  # noqa: F401
            content_languages,
            translated_slugs,
        )

        content_languages.connect()
        translated_slugs.connect()
