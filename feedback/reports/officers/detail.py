"""One report in the admin: all that is known of it, and the steps that can be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from feedback.reports import working
from feedback.reports.erasing import erase
from feedback.reports.models import AccessibilityReport, ReportStatus
from feedback.reports.officers import forms as officer_forms
from feedback.reports.officers.access import CHANGE, for_officers
from feedback.reports.receipts import rows
from feedback.reports.reminding import left_in_words


@dataclass(frozen=True)
class Action:
    """A step: its form, and what is done with it. ``done`` is told when it was done."""

    name: str
    title: Any
    form: type[forms.Form]
    run: Callable[[AccessibilityReport, Any, dict[str, Any]], object]
    done: Any


ACTIONS: Final = (
    Action(
        "answer",
        gettext_lazy("Answer"),
        officer_forms.AnswerForm,
        lambda report, user, data: working.answer(report, user, data["text"]),
        gettext_lazy("The answer was kept."),
    ),
    Action(
        "assign",
        gettext_lazy("Assign"),
        officer_forms.AssignForm,
        lambda report, user, data: working.assign(report, user, data["officer"]),
        gettext_lazy("The report was assigned."),
    ),
    Action(
        "note",
        gettext_lazy("Internal note"),
        officer_forms.NoteForm,
        lambda report, user, data: working.note(report, user, data["text"]),
        gettext_lazy("The note was kept."),
    ),
    Action(
        "protocol",
        gettext_lazy("Protocol"),
        officer_forms.ProtocolForm,
        lambda report, user, data: working.enter_protocol(report, user, data["number"], data["on"]),
        gettext_lazy("The protocol number was kept."),
    ),
    Action(
        "forward",
        gettext_lazy("Forward"),
        officer_forms.ForwardForm,
        lambda report, user, data: working.forward(report, user, data["recipient"], data["text"]),
        gettext_lazy("The report was forwarded."),
    ),
    Action(
        "close",
        gettext_lazy("Close"),
        officer_forms.CloseForm,
        lambda report, user, data: working.close(report, user, data["text"]),
        gettext_lazy("The report was closed."),
    ),
    Action(
        "reopen",
        gettext_lazy("Open again"),
        officer_forms.CloseForm,
        lambda report, user, data: working.reopen(report, user, data["text"]),
        gettext_lazy("The report was opened again."),
    ),
)


def offered(report: AccessibilityReport) -> list[Action]:
    """Return the steps that can be taken now."""
    if report.erased_at:
        return []
    closed = report.status == ReportStatus.CLOSED
    left_out = {"answer", "forward", "close"} if closed else set()
    if report.is_open:
        left_out.add("reopen")
    return [action for action in ACTIONS if action.name not in left_out]


@method_decorator(for_officers, name="dispatch")
class ReportDetail(WagtailAdminTemplateMixin, TemplateView):
    """The report, its history, and a form for each step. A refused form keeps what was typed."""

    template_name = "feedback/reports/officers/detail.html"
    header_icon = "warning"
    report: AccessibilityReport

    def get_page_title(self) -> str:
        return self.report.number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {
            "url": reverse("feedback_reports:list"),
            "label": _("Reports of inaccessibility"),
        }
        return [*super().get_breadcrumbs_items(), listing, {"url": "", "label": self.report.number}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reports = AccessibilityReport.objects.select_related("site", "assigned_to")
        self.report = get_object_or_404(reports, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown({})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.POST.get("action", "")
        if name == "erase":
            return self._erase(request)
        action = next((item for item in offered(self.report) if item.name == name), None)
        if action is None:
            messages.error(request, _("This step cannot be taken (any more)."))
            return HttpResponseRedirect(request.path)
        form = action.form(request.POST, prefix=action.name)
        if not form.is_valid():
            messages.error(request, _("Something is to be put right; nothing was done yet."))
            return self._shown({action.name: form}, status=422)
        seen = request.POST.get("seen", "")
        try:
            with working.at_work(self.report.pk, int(seen) if seen.isdecimal() else -1) as report:
                action.run(report, request.user, form.cleaned_data)
        except working.WorkError as error:
            messages.error(request, str(error))
            return self._shown({action.name: form}, status=409)
        messages.success(request, str(action.done))
        return HttpResponseRedirect(request.path)

    def _erase(self, request: HttpRequest) -> HttpResponseBase:
        """Delete the content; the number is to be typed, because nothing brings it back."""
        form = officer_forms.EraseForm(request.POST, prefix="erase")
        typed = form.cleaned_data["number"].strip().upper() if form.is_valid() else ""
        if typed != self.report.number:
            form.add_error("number", _("Type the number of this report to delete its content."))
            return self._shown({"erase": form}, status=422)
        erase(self.report.pk, request.user)
        messages.success(request, _("The content of the report was deleted."))
        return HttpResponseRedirect(request.path)

    def _shown(self, bound: dict[str, forms.Form], status: int = 200) -> HttpResponse:
        report = self.report
        may_work = self.request.user.has_perm(CHANGE)
        initial: dict[str, dict[str, Any]] = {
            "assign": {"officer": report.assigned_to_id},
            "protocol": {"number": report.protocol_number, "on": report.protocol_date},
        }
        steps = list(report.steps.all())
        taken = [step.pk for step in steps if step.actor_name]
        context = self.get_context_data(
            report=report,
            rows=[] if report.erased_at else rows(report),
            left=left_in_words(report.days_left()) if report.is_open else "",
            is_late=report.is_open and report.days_left() < 0,
            steps=steps,
            mails=list(report.mails.all()),
            files=list(report.attachments.all()),
            page_url=_page_url(self.request, report),
            seen=taken[-1] if taken else 0,
            actions=[
                (
                    action,
                    bound.get(action.name)
                    or action.form(prefix=action.name, initial=initial.get(action.name)),
                )
                for action in (offered(report) if may_work else [])
            ],
            erase_form=bound.get("erase") or officer_forms.EraseForm(prefix="erase"),
            may_erase=may_work and not report.erased_at,
        )
        return self.render_to_response(context, status=status)


def _page_url(request: HttpRequest, report: AccessibilityReport) -> str:
    """Return where the page is read now, if it still is; wherever it was moved to."""
    if report.page_public_id is None:
        return ""
    pages = Page.objects.filter(
        translation_key=report.page_public_id, locale__language_code=report.page_locale, live=True
    )
    page = pages.defer_streamfields().first()
    return (page.get_url(request) or "") if page is not None else ""
