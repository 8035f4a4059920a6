"""How a step of the form is shown, with all that the other steps hold carried along."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.content_languages import served
from cms.models import AgencySettings
from feedback.reports import private_files
from feedback.reports.forms import TRAP, FileForm, PrivacyForm, ReportForm
from feedback.reports.reported_page import ReportedPage
from feedback.reports.state import FormState


class Step(IntEnum):
    PRIVACY = 1
    DATA = 2
    SUMMARY = 3
    RECEIPT = 4


@dataclass
class Shown:
    """A step as it stands: its forms, the page it is about, and what there is to say first."""

    step: Step
    state: FormState
    form: ReportForm
    privacy: PrivacyForm
    files: FileForm
    page: ReportedPage | None = None
    message: str = ""
    status: int = 200


def step_names() -> list[tuple[int, str]]:
    return [
        (Step.PRIVACY, _("Privacy")),
        (Step.DATA, _("Your report")),
        (Step.SUMMARY, _("Summary")),
        (Step.RECEIPT, _("Receipt")),
    ]


def show_step(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Render *shown*. Errors stand first, each with a link to its field."""
    faults = _faults(shown)
    names = dict(step_names())
    return render(
        request,
        "feedback/reports/form.html",
        {
            "shown": shown,
            "form": shown.form,
            "step": shown.step.name.lower(),
            "number": int(shown.step),
            "step_name": names[shown.step],
            "steps": step_names(),
            "state": shown.state.signed(),
            "faults": faults,
            "has_faults": bool(faults or shown.message),
            "carried": _carried(shown),
            "rows": _summary(shown) if shown.step is Step.SUMMARY else [],
            "takes_files": private_files.is_configured(),
            "agency": AgencySettings.for_request(request),
            "document": {"translations": _translations(request)},
        },
        status=shown.status,
    )


def _faults(shown: Shown) -> list[tuple[str, str]]:
    """Return the field and the words of each error of the step."""
    forms = [shown.privacy] if shown.step is Step.PRIVACY else [shown.form, shown.files]
    return [
        (str(form[name].id_for_label or form[name].auto_id), str(error))
        for form in forms
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]


def _carried(shown: Shown) -> list[tuple[str, str]]:
    """Return names and values of the fields that this step does not show."""
    found = []
    if shown.step is not Step.PRIVACY and shown.privacy["privacy"].value():
        found.append(("privacy", "on"))
    if shown.step is not Step.DATA:
        found += [(bound.name, _text(bound)) for bound in shown.form if bound.name != TRAP]
    return [(name, value) for name, value in found if value]


def _text(bound: BoundField) -> str:
    value = bound.value()
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _summary(shown: Shown) -> list[dict[str, Any]]:
    """Return what is about to be sent, in the order of the form."""
    form = shown.form
    rows = []
    for bound in form:
        value = _text(bound)
        if bound.name == TRAP or not value:
            continue
        if bound.name == "kind":
            value = str(dict(form.fields["kind"].choices)[value])  # type: ignore[attr-defined]
        elif bound.name == "no_reply":
            value = _("yes")
        rows.append({"label": bound.label, "value": value, "is_long": bound.name == "description"})
        if bound.name == "page" and shown.page is not None:
            title = shown.page.title or _("This address is not among the pages of this website.")
            rows.append({"label": _("Title of the page"), "value": title})
    if shown.state.attachment:
        rows.append({"label": _("Attachment"), "value": shown.state.attachment_name})
    return rows


def _translations(request: HttpRequest) -> list[dict[str, str]]:
    """Return the addresses of the form in all languages, for the switch. Costs no query."""
    if request.method == "POST":
        return []
    found = []
    for code in served():
        with override(code):
            try:
                path = reverse("feedback:accessibility_report")
            except NoReverseMatch:
                continue
        query = request.GET.urlencode()
        found.append({"locale": code, "html_url": f"{path}?{query}" if query else path})
    return found
