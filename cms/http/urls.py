"""The URLs below the API prefix, resolved by the API middleware alone."""

from __future__ import annotations

from django.urls import path

from cms import conf
from cms.http.api import make_api

urlpatterns = [path(f"{conf.api_base().lstrip('/')}/", make_api().urls)]
