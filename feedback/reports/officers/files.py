"""What officers take out of a report: attachments, the message for the protocol, all data."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from feedback.reports.data_subject import held_data
from feedback.reports.models import AccessibilityReport, ReportAttachment, StepKind
from feedback.reports.officers.access import for_officers
from feedback.reports.receipts import in_language_of, receipt_message
from feedback.reports.working import record


@require_GET
@for_officers
def attachment(request: HttpRequest, pk: int, public_id: UUID) -> FileResponse:
    """Hand out a file to be saved, never to be shown; the history says who took it."""
    found = get_object_or_404(
        ReportAttachment.objects.select_related("report"), public_id=public_id, report=pk
    )
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    assert found.report is not None  # noqa: S101 - the query asked for it
    record(found.report, StepKind.DOWNLOADED, request.user, found.name)
    response = FileResponse(
        file, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
@for_officers
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a message with its files, for the protocol office."""
    report = _kept(pk)
    with in_language_of(report):
        content = receipt_message(report, for_office=True)
    record(report, StepKind.EXPORTED, request.user, "eml")
    return _file(content, "message/rfc822", f"{report.number}.eml")


@require_GET
@for_officers
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is held, for the person whom it concerns."""
    report = get_object_or_404(AccessibilityReport, pk=pk)
    content = json.dumps(held_data(report), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    record(report, StepKind.EXPORTED, request.user, "json")
    return _file(content.encode(), "application/json", f"{report.number}.json")


def _kept(pk: int) -> AccessibilityReport:
    reports: Any = AccessibilityReport.objects.select_related("site").filter(erased_at=None)
    found: AccessibilityReport = get_object_or_404(reports, pk=pk)
    return found


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
