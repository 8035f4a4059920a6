"""The tables of both channels, each kept in the package of its own."""

from __future__ import annotations

from feedback.reports.models import (
    AccessibilityReport,
    ReportAttachment,
    ReportCounter,
    ReportMail,
    ReportStep,
)

__all__ = [
    "AccessibilityReport",
    "ReportAttachment",
    "ReportCounter",
    "ReportMail",
    "ReportStep",
]
