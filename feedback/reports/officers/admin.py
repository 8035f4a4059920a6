"""What reports add to Wagtail's admin: addresses, and an entry of the menu."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from feedback.reports.officers import files
from feedback.reports.officers.access import VIEW
from feedback.reports.officers.detail import ReportDetail
from feedback.reports.officers.listing import ReportList

URLS = [
    path("", ReportList.as_view(), name="list"),
    path("<int:pk>/", ReportDetail.as_view(), name="report"),
    path("<int:pk>/attachments/<uuid:public_id>/", files.attachment, name="attachment"),
    path("<int:pk>/report.eml", files.message, name="message"),
    path("<int:pk>/data.json", files.data, name="data"),
]


class ReportsMenuItem(MenuItem):
    """Shown to those who may see reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW))


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    included = include((URLS, "feedback_reports"), "feedback_reports")
    return [path("accessibility-reports/", included)]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> ReportsMenuItem:
    return ReportsMenuItem(
        _("Accessibility reports"),
        reverse("feedback_reports:list"),
        name="accessibility-reports",
        icon_name="warning",
        order=450,
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="family_feedback", content_type__model="accessibilityreport"
    )
