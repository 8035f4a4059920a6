"""The project's URLs, stock Wagtail's APIs, and views to compare with below the API prefix."""

from __future__ import annotations

from django.urls import path
from wagtail.api.v3.urls import api as v3

from benchmarks import views
from benchmarks.stock import make_router
from cms import conf
from cms.http import urls as api_urls
from cms.urls import handler404, handler500
from cms.urls import urlpatterns as project_urls

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("stock/v2/", make_router().urls),
    path("stock/v3/", v3.urls),
    *project_urls,
]

_prefix = f"{conf.api_prefix().lstrip('/')}/compare"
api_urls.urlpatterns = [
    path(f"{_prefix}/constant/<int:size>", views.constant),
    path(f"{_prefix}/joined", views.joined),
    path(f"{_prefix}/indexed/<uuid:public_id>", views.indexed),
    path(f"{_prefix}/head", views.head),
    *api_urls.urlpatterns,
]
