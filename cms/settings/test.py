"""Tests: nothing outside the process unless ``DATABASE_URL`` and ``CACHE_URL`` say so."""

from __future__ import annotations

import os
import tempfile

from cms.settings.base import *  # noqa: F403
from cms.settings.base import CACHES

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Processes that work on one database share their files too.
MEDIA_ROOT = os.environ.get("MEDIA_ROOT") or tempfile.mkdtemp(prefix="family-centres-media-")
WHITENOISE_AUTOREFRESH = True
# Tests ask more often than any reader; those of the limit set one.
FAMILY_CENTRES = {
    "DEMO": True,
    "RATE_LIMIT": None,
    "POST_RATE_LIMIT": None,
    "REPORT_RATE_LIMIT": None,
    "PRIVATE_ROOT": os.environ.get("PRIVATE_ROOT")
    or tempfile.mkdtemp(prefix="family-centres-private-"),
}
# Emptying a cache of Redis empties its whole database: each test process has one of its own.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
if "redis" in CACHES["default"]["BACKEND"].lower():
    _server, _separator, _database = str(CACHES["default"]["LOCATION"]).rpartition("/")
    CACHES["default"]["LOCATION"] = f"{_server}/{int(_database) + _worker}"
