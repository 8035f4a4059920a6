"""The addresses of both channels, included below the prefix of a language."""

from __future__ import annotations

from feedback.reports.urls import urlpatterns as report_urls

app_name = "feedback"
urlpatterns = [*report_urls]
