"""The read model as an app: it finds what other apps announce."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "family_delivery"
    verbose_name = "Delivery"
    default_auto_field = "django.db.models.BigAutoField"
    wordless_migrations = True

    def ready(self) -> None:
        from cms.delivery import signals

        autodiscover_modules("delivery_documents")
        signals.connect()
