"""The URLs of the stand-alone project. The API is mounted by its middleware."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.robots import robots
from cms.sitemap import sitemap

media: list[URLPattern] = []
if settings.SERVE_MEDIA:
    prefix = settings.MEDIA_URL.lstrip("/")
    media = [path(f"{prefix}<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("documents/", include(wagtaildocs_urls)),
    *media,
    *i18n_patterns(
        path("", include("feedback.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]

handler404 = "cms.errors.page_not_found"
handler500 = "cms.errors.server_error"
