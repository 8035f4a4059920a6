"""The form in four steps: privacy, data, summary, receipt. It needs no script and no cookie.

Each step carries what the others hold in plain fields, and a signed state. Whatever goes wrong, the
answer holds every word that was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from feedback.reports.attachments import BoundedUploads
from feedback.reports.attempt import Attempt
from feedback.reports.forms import FileForm, PrivacyForm, ReportForm
from feedback.reports.guarded import guarded
from feedback.reports.limits import report_standing
from feedback.reports.receipts import receipt_path
from feedback.reports.rendering import Shown, Step, show_step
from feedback.reports.reported_page import reported_page
from feedback.reports.state import FormState
from feedback.reports.submitting import stored, submit

MAX_BODY: Final = 64 * 1024 * 1024
"""Bytes that are read at all. A larger file than is taken is read past, so that words are kept."""


@csrf_exempt  # Nobody is signed in here; the state is signed, and a lost cookie would lose words.
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def report_form(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a step of it. A report that was stored is answered with a 303."""
    if request.method != "POST":
        return _begin(request)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()) or int(length) > MAX_BODY:
        return _too_much(request)
    uploads = BoundedUploads(request)
    request.upload_handlers = [
        uploads,
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
    try:
        data = request.POST
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return _too_much(request)
    attempt = Attempt(request, data, uploads.skipped)
    return STEPS.get(data.get("step", ""), _edit)(attempt)


def _begin(request: HttpRequest) -> HttpResponse:
    """Open the form; an address of another site is not taken from a link."""
    page = reported_page(request, request.GET.get("page", "")[:4000])
    shown = Shown(
        Step.PRIVACY,
        FormState.begin(page),
        ReportForm(initial={"page": page.address if page.is_ours else ""}),
        PrivacyForm(),
        FileForm(),
    )
    return show_step(request, shown)


def _privacy(attempt: Attempt) -> HttpResponse:
    if not attempt.privacy.is_valid():
        return attempt.show(Step.PRIVACY, status=422)
    return attempt.show(Step.DATA)


def _edit(attempt: Attempt) -> HttpResponse:
    return attempt.show(Step.DATA)


def _data(attempt: Attempt) -> HttpResponse:
    attempt.take_file()
    if not attempt.privacy.is_valid():
        return attempt.show(Step.PRIVACY, status=422)
    if not attempt.is_valid():
        return attempt.show(Step.DATA, with_errors=True, status=422)
    if attempt.is_trapped:
        return attempt.show(Step.DATA, message=_trapped(), status=422)
    return attempt.show(Step.SUMMARY)


def _send(attempt: Attempt) -> HttpResponse:
    if not attempt.privacy.is_valid():
        return attempt.show(Step.PRIVACY, status=422)
    if not attempt.is_valid():
        return attempt.show(Step.DATA, with_errors=True, status=422)
    if attempt.is_trapped:
        return attempt.show(Step.SUMMARY, message=_trapped(), status=422)
    if attempt.is_expired:
        return attempt.show(Step.SUMMARY, message=_expired(), status=422)
    if attempt.state.is_too_quick:
        return attempt.show(Step.SUMMARY, message=_too_quick(), status=422)
    known = stored(attempt.submission())
    if known is None:
        if not attempt.find_file():
            return attempt.show(Step.DATA, with_errors=True, status=422)
        standing = report_standing(attempt.request)
        if standing is not None and standing.is_refused:
            response = attempt.show(Step.SUMMARY, message=_too_many(standing.reset), status=429)
            response["Retry-After"] = str(standing.reset)
            return response
        known, _is_new = submit(attempt.submission())
    response = HttpResponseRedirect(receipt_path(known, attempt.language))
    response.status_code = 303
    return response


STEPS: Final[dict[str, Callable[[Attempt], HttpResponse]]] = {
    "privacy": _privacy,
    "data": _data,
    "edit": _edit,
    "send": _send,
}


def _trapped() -> str:
    return _(
        "A field that people do not see was filled in, as programs do. It is empty again: if you "
        "are a person, continue."
    )


def _expired() -> str:
    return _(
        "This form had been open for too long, or was changed on its way. Everything you wrote is "
        "still here, except for an attachment: check it and send it again."
    )


def _too_quick() -> str:
    return _("The form was sent faster than a person can. Wait a moment and send it again.")


def _too_many(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return _(
        "Too many reports came from your address. Everything you wrote is still here: send it "
        "again in %(minutes)s minutes."
    ) % {"minutes": minutes}


def _too_much(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/reports/too_much.html", status=413)
