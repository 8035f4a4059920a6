"""The two feedback channels that every page carries, by the anchors at which they stand.

An app that answers them supplies the template ``feedback/channels.html``.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedbackChannel(models.TextChoices):
    """A channel by its kind, which is also its anchor in every page."""

    ACCESSIBILITY_REPORT = "accessibility-report", _("Send a report of inaccessibility")
    EXPERIENCE_RATING = "experience-rating", _("Rate your experience")


TEMPLATE = "feedback/channels.html"
