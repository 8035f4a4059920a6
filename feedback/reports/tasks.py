"""What the worker does for reports as soon as they are stored."""

from __future__ import annotations

from django_tasks import task

from feedback.reports.mails import send

SOON = 60
"""A citizen waits for a receipt: before the indexing of pages."""


@task(priority=SOON)
def send_report_mail(mail_id: int) -> None:
    """Send one message. A mail server that does not answer is asked again by the worker's round."""
    send(mail_id)
