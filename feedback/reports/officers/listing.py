"""The list of reports: the latest first, with the days that are left."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from feedback.reports.models import AccessibilityReport
from feedback.reports.models.report import ReportQuerySet
from feedback.reports.officers.access import for_officers
from feedback.reports.officers.forms import Choice
from feedback.reports.officers.spreadsheet import XLSX, as_csv, as_xlsx
from feedback.reports.reminding import left_in_words
from feedback.reports.term import today

logger = logging.getLogger(__name__)

AT_ONCE: Final = 50
"""How many reports a page of the list holds."""


@method_decorator(for_officers, name="dispatch")
class ReportList(WagtailAdminTemplateMixin, TemplateView):
    """Three queries of its own, whatever the number of reports: counts, count and page."""

    template_name = "feedback/reports/officers/list.html"
    page_title = _("Reports of inaccessibility")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = Choice(request.GET)
        found = chosen(form, request.user).select_related("assigned_to").most_urgent_first()
        if (kind := request.GET.get("export")) in ("csv", "xlsx"):
            return _export(request, found, kind)
        page = Paginator(found, AT_ONCE).get_page(request.GET.get("p"))
        query = request.GET.copy()
        for name in ("p", "export"):
            query.pop(name, None)
        on = today()
        items = [
            {
                "report": report,
                "url": reverse("feedback_reports:report", args=[report.pk]),
                "left": left_in_words(report.days_left(on)) if report.is_open else "",
                "is_late": report.is_open and report.days_left(on) < 0,
            }
            for report in page.object_list
        ]
        return self.render_to_response(
            self.get_context_data(form=form, page=page, items=items, query=query.urlencode())
        )


def chosen(form: Choice, user: Any) -> ReportQuerySet:
    """Return what *form* asks for; nothing for a value that does not exist."""
    reports = AccessibilityReport.objects.all()
    if not form.is_valid():
        return reports.none()
    wanted = form.cleaned_data
    state = wanted["state"]
    if state == "overdue":
        reports = reports.overdue()
    elif state and state != "all":
        reports = reports.filter(status=state)
    elif not state and not wanted["q"]:
        reports = reports.open()
    if wanted["kind"]:
        reports = reports.filter(kind=wanted["kind"])
    if wanted["whose"] == "mine":
        reports = reports.filter(assigned_to=user)
    elif wanted["whose"] == "nobody":
        reports = reports.filter(assigned_to=None)
    if wanted["since"]:
        reports = reports.filter(received_on__gte=wanted["since"])
    if wanted["until"]:
        reports = reports.filter(received_on__lte=wanted["until"])
    return reports.filter(_words(wanted["q"])) if wanted["q"] else reports


def _words(text: str) -> Q:
    fields = ("number", "name", "email", "description", "page_address", "protocol_number")
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": text})
    return condition


def _export(request: HttpRequest, found: ReportQuerySet, kind: str) -> HttpResponseBase:
    """Write down who took the data out: it holds names."""
    user: Any = request.user
    reports = list(found)
    logger.info("%s exported %s reports of inaccessibility", user.get_username(), len(reports))
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(as_csv(reports), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(as_xlsx(reports), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="accessibility-reports.{kind}"'
    return response
