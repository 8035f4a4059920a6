"""The addresses of reports, below the prefix of both channels."""

from __future__ import annotations

from django.urls import path, re_path

from feedback.reports import receipt_views, views
from feedback.reports.tokens import PATTERN

RECEIPT = rf"^accessibility-report/receipt/(?P<token>{PATTERN})"

urlpatterns = [
    path("accessibility-report/", views.report_form, name="accessibility_report"),
    re_path(rf"{RECEIPT}/$", receipt_views.show, name="report_receipt"),
    re_path(rf"{RECEIPT}/print/$", receipt_views.show_to_print, name="report_receipt_print"),
    re_path(rf"{RECEIPT}\.html$", receipt_views.download_html, name="report_receipt_html"),
    re_path(rf"{RECEIPT}\.eml$", receipt_views.download_message, name="report_receipt_message"),
]
