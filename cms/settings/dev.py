"""A developer's machine, and ``make demo``: SQLite below ``var/``, no service needed."""

from __future__ import annotations

from django.core.management.utils import get_random_secret_key

from cms.settings.base import *  # noqa: F403
from cms.settings.base import FAMILY_CENTRES, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SERVE_MEDIA = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
FAMILY_CENTRES = {**FAMILY_CENTRES, "DEMO": env.bool("DEMO", default=True)}


def _secret_key() -> str:
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _secret_key()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Wagtail queues a task for each row that is saved, and rows that were replaced before it ran
    # make it fail: the database keeps what failed, the console need not.
    "loggers": {
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
    },
}
