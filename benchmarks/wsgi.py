"""The server that is measured."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from benchmarks import urls  # noqa: E402, F401  (adds the views to compare with)
