"""As in production where it matters: Wagtail's index tasks go on the queue, for the worker."""

from cms.settings.base import TASKS as TASKS
from cms.settings.test import *  # noqa: F403

TASKS = {**TASKS}
# What Wagtail's tasks trip over when rows are replaced before they run is none of this test.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
    },
}
