"""As in production, with stock Wagtail's two APIs mounted beside ours for comparison."""

from __future__ import annotations

from cms.settings.base import *  # noqa: F403
from cms.settings.base import INSTALLED_APPS

SECRET_KEY = "only-for-measurements"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = [
    "benchmarks",
    *INSTALLED_APPS,
    "rest_framework",
    "wagtail.api.v2",
    "wagtail.api.v3",
]
ROOT_URLCONF = "benchmarks.urls"
WSGI_APPLICATION = "benchmarks.wsgi.application"
FAMILY_CENTRES = {"DEMO": True, "RATE_LIMIT": None}
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_BASE_URL = "http://127.0.0.1"
# Wagtail's tasks are queued, as in production; those that fail are none of this measurement.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
        "waitress.queue": {"level": "ERROR"},
    },
}
