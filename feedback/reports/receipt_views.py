"""The receipt under its unguessable address: page, print view, and files to keep."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from feedback.reports.guarded import guarded
from feedback.reports.models import AccessibilityReport
from feedback.reports.receipts import context, receipt_html, receipt_message


@sensitive_variables("token")
def _found(token: str) -> AccessibilityReport:
    report = AccessibilityReport.objects.select_related("site").with_token(token).first()
    if report is None:
        # Without the address: what is raised here is logged.
        raise Http404
    return report


@guarded
@require_safe
@sensitive_variables("token")
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt as a page. Two queries of its own, with answers and files four."""
    report = _found(token)
    urls = {
        kind: reverse(f"feedback:report_receipt_{kind}", args=[token])
        for kind in ("print", "html", "message")
    }
    return render(
        request,
        "feedback/reports/receipt.html",
        {**context(report), "urls": urls},
        status=410 if report.erased_at else 200,
    )


@guarded
@require_safe
@sensitive_variables("token")
def show_to_print(request: HttpRequest, token: str) -> HttpResponse:
    """The same on paper: nothing of the site around it."""
    return HttpResponse(receipt_html(_kept(token)))


@guarded
@require_safe
@sensitive_variables("token")
def download_html(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt as a file that needs no network."""
    report = _kept(token)
    return _file(receipt_html(report), "text/html; charset=utf-8", f"{report.number}.html")


@guarded
@require_safe
@sensitive_variables("token")
def download_message(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt as a message for a mail program."""
    report = _kept(token)
    return _file(receipt_message(report), "message/rfc822", f"{report.number}.eml")


def _kept(token: str) -> AccessibilityReport:
    report = _found(token)
    if report.erased_at:
        raise Http404
    return report


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
