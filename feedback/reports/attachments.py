"""What may be attached, told by a file's content and never by its name or by its sender."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.reports.models import ReportAttachment

MAX_SIZE: Final = 5 * 1024 * 1024
"""Bytes of a file."""

MAX_NAME: Final = 100
"""Characters of a name, its ending included."""

KEPT_FOR: Final = timedelta(days=1)
"""How long a file waits for its form to be sent."""

ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/plain": "txt",
    "text/html": "html",
}
ACCEPT: Final = ".pdf,.png,.jpg,.jpeg,.txt,.html,.htm"
MAGIC: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""What no text holds: of the control characters tab, line and page breaks alone."""

HTML_TAGS: Final = ("<!doctype html", "<html", "<head", "<body")


def sniffed_type(content: bytes) -> str:
    """Return the media type that *content* has; empty where it is none that is taken."""
    for start, media_type in MAGIC:
        if content.startswith(start):
            return media_type
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if CONTROL.search(text):
        return ""
    return "text/html" if _begins_as_html(text[:2000]) else "text/plain"


def _begins_as_html(text: str) -> bool:
    """Whether *text* begins with a tag of a document, after comments and declarations."""
    text = text.lstrip().lower()
    while text.startswith(("<!--", "<?")):
        _before, _end, text = text.partition("-->" if text.startswith("<!--") else ">")
        text = text.lstrip()
    return text.startswith(HTML_TAGS)


def clean_name(name: str, media_type: str) -> str:
    """Return a name that is safe to show and to save under, with the ending of what it holds.

    No folders, no control or formatting characters (a name may be written backwards with them), no
    leading dots, no characters that file systems refuse.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", last)
        if unicodedata.category(letter)[0] != "C" and letter not in "<>:\"/|?*;%'"
    )
    stem = " ".join(kept.rpartition(".")[0].split() or kept.split()).strip(" .")
    ending = ENDINGS[media_type]
    return f"{stem[: MAX_NAME - len(ending) - 1] or 'file'}.{ending}"


def keep(upload: UploadedFile[Any]) -> ReportAttachment:
    """Store *upload* until its form is sent, or raise ``ValidationError`` with what is wrong."""
    if (upload.size or 0) > MAX_SIZE:
        raise too_large()
    content = upload.read(MAX_SIZE + 1)
    if len(content) > MAX_SIZE:
        raise too_large()
    if not content:
        raise ValidationError(_("The file is empty."), "empty")
    media_type = sniffed_type(content)
    if not media_type:
        raise ValidationError(
            _(
                "The content of this file is no PDF, PNG, JPEG, plain text or HTML, whatever its "
                "name says. Attach a file of these kinds, or none."
            ),
            "type",
        )
    attachment = ReportAttachment(
        public_id=uuid.uuid4(),
        name=clean_name(upload.name or "", media_type),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=timezone.now(),
    )
    attachment.file.save(attachment.name, ContentFile(content), save=False)
    attachment.save()
    return attachment


def too_large() -> ValidationError:
    return ValidationError(
        _("The file is larger than %(size)s MB. Attach a smaller one, or none.")
        % {"size": MAX_SIZE // 1024 // 1024},
        "size",
    )


def waiting(public_id: str) -> ReportAttachment | None:
    """Return the file that waits under *public_id*, if it is still there."""
    if not public_id:
        return None
    return ReportAttachment.objects.filter(public_id=public_id, report=None).first()


def delete_abandoned() -> bool:
    """Delete files whose form was never sent, some at a time; return whether there are more."""
    before = timezone.now() - KEPT_FOR
    stale = list(ReportAttachment.objects.filter(report=None, uploaded_at__lt=before)[:20])
    for attachment in stale:
        discard(attachment)
    return len(stale) == 20


def discard(attachment: ReportAttachment) -> None:
    """Delete a file with its row. A file that is gone already is no error."""
    attachment.file.delete(save=False)
    ReportAttachment.objects.filter(pk=attachment.pk).delete()


class BoundedUploads(FileUploadHandler):
    """Skips a file that is too large while it arrives, so that what was typed is still read."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.skipped: set[str] = set()
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received += len(raw_data)
        if self._received > MAX_SIZE:
            self.skipped.add(str(self.field_name))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
