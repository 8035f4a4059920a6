"""All that is held of one report, for the person whom it concerns (GDPR, article 15)."""

from __future__ import annotations

from typing import Any, Final

from feedback.reports.models import AccessibilityReport

LEFT_OUT: Final = {"id", "seed", "token_digest", "submission", "content_digest", "site_id"}
"""What tells nothing about a person, or opens a receipt."""


def held_data(report: AccessibilityReport) -> dict[str, Any]:
    """Return the data of *report*, its history, messages and files, ready to be written as JSON."""
    values = AccessibilityReport.objects.filter(pk=report.pk).values().get()
    return {
        "report": {name: value for name, value in values.items() if name not in LEFT_OUT},
        "attachments": list(
            report.attachments.values("name", "media_type", "size", "sha256", "uploaded_at")
        ),
        "history": list(report.steps.values("kind", "at", "actor_name", "text", "recipient")),
        "messages": list(
            report.mails.values(
                "kind", "recipient", "subject", "body", "created_at", "sent_at", "attempts"
            )
        ),
    }


def find(number: str) -> AccessibilityReport | None:
    """Return the report with *number*, however its letters are written."""
    return AccessibilityReport.objects.filter(number=number.strip().upper()).first()
