"""The app's tables, each in the module of its concept."""

from __future__ import annotations

from feedback.kept_answers import KeptAnswer
from feedback.ratings.models import DailySalt, Rating
from feedback.reports.models import (
    AccessibilityReport,
    ReportAttachment,
    ReportCounter,
    ReportMail,
    ReportStep,
)

__all__ = [
    "AccessibilityReport",
    "DailySalt",
    "KeptAnswer",
    "Rating",
    "ReportAttachment",
    "ReportCounter",
    "ReportMail",
    "ReportStep",
]
