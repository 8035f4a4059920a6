"""From a checked form to a numbered report: one transaction, once for each submission."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import Site

from feedback.reports import tokens
from feedback.reports.mails import queue_receipt
from feedback.reports.models import (
    AccessibilityReport,
    Channel,
    ReportAttachment,
    ReportCounter,
    ReportStep,
    StepKind,
)
from feedback.reports.reported_page import ReportedPage
from feedback.reports.term import due_date, in_rome

FIELDS = (
    "kind",
    "description",
    "part_of_page",
    "assistive_technology",
    "browser",
    "name",
    "email",
)
"""What is taken from a form as it was typed."""


@dataclass(frozen=True)
class Submission:
    """What a citizen sends. ``key`` is the same however often the same form is sent."""

    key: uuid.UUID
    texts: Mapping[str, str]
    reply_wanted: bool
    page: ReportedPage
    language: str
    site: Site | None
    channel: Channel = Channel.SITE
    attachment: ReportAttachment | None = None
    attachment_digest: str = ""

    def digest(self) -> str:
        """Return a keyed digest of the content: the same key with other words is another report."""
        content = [
            *[self.texts.get(field, "") for field in FIELDS],
            self.reply_wanted,
            self.page.address,
            self.attachment_digest,
        ]
        text = json.dumps(content, ensure_ascii=False)
        return salted_hmac("feedback.reports.submission", text, algorithm="sha256").hexdigest()


def submit(submission: Submission) -> tuple[AccessibilityReport, bool]:
    """Store the report and queue its receipt; return it, and whether it is new.

    What was sent before with the same key and the same words is returned as it was stored, also
    when both are sent at the same moment.
    """
    if (known := stored(submission)) is not None:
        return known, False
    try:
        with transaction.atomic():
            return _store(submission), True
    except IntegrityError:
        known = stored(submission)
        if known is None:
            raise
        return known, False


def stored(submission: Submission) -> AccessibilityReport | None:
    """Return the report that this submission has already become."""
    return AccessibilityReport.objects.filter(
        submission=submission.key, content_digest=submission.digest()
    ).first()


def _store(submission: Submission) -> AccessibilityReport:
    now = timezone.now()
    received_on = in_rome(now).date()
    number = ReportCounter.objects.take(received_on.year)
    seed = tokens.new_seed()
    page = submission.page
    report = AccessibilityReport(
        year=number.year,
        serial=number.serial,
        number=str(number),
        seed=seed,
        token_digest=tokens.digest(tokens.token_of(seed)),
        submission=submission.key,
        content_digest=submission.digest(),
        site=submission.site,
        channel=submission.channel,
        language=submission.language,
        page_address=page.address,
        page_public_id=page.public_id,
        page_locale=page.locale,
        page_title=page.title,
        reply_wanted=submission.reply_wanted,
        received_at=now,
        received_on=received_on,
        due_on=due_date(received_on),
        **{field: submission.texts.get(field, "") for field in FIELDS},
    )
    report.save(force_insert=True)
    if submission.attachment is not None:
        submission.attachment.report = report
        submission.attachment.save(update_fields=["report"])
    ReportStep(report=report, kind=StepKind.RECEIVED, at=now).save()
    queue_receipt(report)
    return report
