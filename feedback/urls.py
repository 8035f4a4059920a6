"""The addresses of the feedback channels; a host includes them below its pages' languages."""

from __future__ import annotations

from django.urls import include, path

from feedback.ratings import views as ratings
from feedback.reports.urls import urlpatterns as report_urls

app_name = "feedback"

urlpatterns = [
    path("feedback/rating/", ratings.rate, name="rating"),
    path("feedback/rating/thanks/", ratings.thanks, name="rating-thanks"),
    path("feedback/", include(report_urls)),
]
