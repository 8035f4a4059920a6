"""The URLs at and below the API prefix, resolved by the API middleware alone."""

from __future__ import annotations

from django.urls import path

from cms import conf
from cms.http.api import make_api
from cms.http.guide.page import make_guide_view
from cms.http.openapi.serving import openapi_response

api = make_api()
guide = make_guide_view(api)
prefix = conf.api_prefix().lstrip("/")
base = conf.api_base().lstrip("/")

urlpatterns = [
    path(prefix, guide),
    path(f"{prefix}/", guide),
    path(f"{base}/openapi.json", openapi_response),
    path(f"{base}/", api.urls),
]
