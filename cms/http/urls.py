"""The URLs below the API prefix, resolved by the API middleware alone."""

from __future__ import annotations

from django.urls import path

from cms import conf
from cms.http.api import make_api
from cms.http.openapi.serving import openapi_response

api = make_api()
base = conf.api_base().lstrip("/")
urlpatterns = [path(f"{base}/openapi.json", openapi_response), path(f"{base}/", api.urls)]
