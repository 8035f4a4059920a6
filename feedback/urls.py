"""The addresses of the feedback channels; a host includes them below its pages' languages."""

from __future__ import annotations

from django.urls import path

from feedback.ratings import views as ratings

app_name = "feedback"

urlpatterns = [
    path("feedback/rating/", ratings.rate, name="rating"),
    path("feedback/rating/thanks/", ratings.thanks, name="rating-thanks"),
]
