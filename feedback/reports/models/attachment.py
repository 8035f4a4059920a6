"""Files that citizens attach, in a storage that no web address reaches."""

from __future__ import annotations

import uuid

from django.db import models

from feedback.reports.models.report import AccessibilityReport
from feedback.reports.private_files import private_storage


def stored_name(attachment: ReportAttachment, filename: str) -> str:
    """Return where a file is stored: nothing of the name that it came with."""
    return f"reports/{attachment.public_id.hex}"


class ReportAttachment(models.Model):
    """A file. Without a report it waits for its form to be sent, and is deleted after a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    report = models.ForeignKey(
        AccessibilityReport, null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    file = models.FileField(upload_to=stored_name, storage=private_storage, max_length=200)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
