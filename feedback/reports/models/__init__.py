"""The tables of reports: the report, its history, what it was sent with and what is sent out."""

from __future__ import annotations

from feedback.reports.models.attachment import ReportAttachment
from feedback.reports.models.mail import MailKind, ReportMail
from feedback.reports.models.numbering import ReportCounter, ReportNumber
from feedback.reports.models.report import AccessibilityReport, Channel, ReportKind, ReportStatus
from feedback.reports.models.step import ReportStep, StepKind

__all__ = [
    "AccessibilityReport",
    "Channel",
    "MailKind",
    "ReportAttachment",
    "ReportCounter",
    "ReportKind",
    "ReportMail",
    "ReportNumber",
    "ReportStatus",
    "ReportStep",
    "StepKind",
]
