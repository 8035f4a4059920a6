"""What reports announce when the app is ready."""

from __future__ import annotations

from cms.delivery.rounds import register_round
from cms.roles import OFFICERS, grant
from feedback.reports import checks  # noqa: F401
from feedback.reports.attachments import delete_abandoned
from feedback.reports.mails import send_due
from feedback.reports.officers.access import CHANGE, VIEW
from feedback.reports.reminding import remind_due
from feedback.reports.token_filter import keep_tokens_out_of_logs

MINUTE = 60
HOUR = 3600


def connect() -> None:
    """Called once, by the app's configuration."""
    register_round("e-mails of reports", MINUTE, send_due)
    register_round("attachments of forms never sent", HOUR, delete_abandoned)
    register_round("terms of reports", HOUR, remind_due)
    grant(OFFICERS, VIEW, CHANGE)
    keep_tokens_out_of_logs()
