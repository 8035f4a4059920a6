"""Ratings from our own pages: two steps and thanks, with JavaScript and without.

No cookie is set and none is read: that a form comes from a page of ours is told by its origin. What
was typed comes back with every refusal.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.content_languages import page_in, page_language
from cms.http.origins import comes_from_our_pages
from cms.http.problems import ProblemError
from feedback.posting import admitted
from feedback.ratings import tickets
from feedback.ratings.component import Component, address
from feedback.ratings.forms import RatingForm
from feedback.ratings.models import Channel
from feedback.ratings.pages import LONGEST, page_at
from feedback.ratings.storing import store
from feedback.ratings.tickets import Ticket, TicketError

MAX_BODY = 32 * 1024
"""Bytes of a form; what it asks fits into a tenth."""

HURRY = 1.5
"""Seconds in which no person goes from the first star to the end."""

KEPT = ("stars", "negative", "positive", "comment")
"""The fields that are shown again as they came."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """The form of a page by itself, and both of its steps."""
    with page_in(page_language()):
        if request.method != "POST":
            return _shown(request)
        if not comes_from_our_pages(request):
            return _told(request, 403, _("This form was sent from a page of another website."))
        if not _is_small(request):
            return _told(request, 413, _("What was sent is too long."))
        return _posted(request)


@never_cache
@require_http_methods(["GET", "HEAD"])
def thanks(request: HttpRequest) -> HttpResponse:
    """Where a rating that was stored leads to, with the way back to its page."""
    with page_in(page_language()):
        page = page_at(request, request.GET.get("page", ""))
        return render(request, "feedback/ratings/thanks.html", {"rated": page})


def _is_small(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) <= MAX_BODY


def _shown(request: HttpRequest) -> HttpResponse:
    page = page_at(request, request.GET.get("page", ""))
    if page is None:
        return _told(request, 404, _("Open the page that you want to rate."))
    return _first_step(request, Component(page=page.path))


def _posted(request: HttpRequest) -> HttpResponse:
    form = RatingForm(request.POST)
    form.full_clean()
    ticket = _ticket(request)
    if ticket is None or "back" in request.POST:
        return _begun(request, form)
    if not form.is_valid():
        return _refused(request, form, 422)
    try:
        admitted(request)
    except ProblemError as error:
        message = _("Too much has been sent from your address. Try again in a minute.")
        form.add_error(None, message)
        response = _refused(request, form, error.status)
        response["Retry-After"] = error.headers["Retry-After"]
        return response
    is_spam = form.is_from_a_program() or ticket.age < HURRY
    store(request, ticket.page, form.said(), Channel.SITE, ticket.submission, is_spam=is_spam)
    if _wants_json(request):
        return JsonResponse({"stored": True}, status=201)
    response = HttpResponseRedirect(address("feedback:rating-thanks", page=ticket.page.path))
    response.status_code = 303
    return response


def _ticket(request: HttpRequest) -> Ticket | None:
    try:
        return tickets.read(request.POST.get("ticket", ""))
    except TicketError:
        return None


def _begun(request: HttpRequest, form: RatingForm) -> HttpResponse:
    """Answer the first step, one whose ticket is no longer taken, and who goes back."""
    page = page_at(request, request.POST.get("page", "")[: LONGEST + 1])
    if page is None:
        return _told(
            request, 404, _("This page does not exist any more, so that it cannot be rated."), form
        )
    if "back" in request.POST:
        return _first_step(request, _component(request, form, with_errors=False))
    if not form.is_valid():
        return _refused(request, form, 422)
    ticket = tickets.issue(page)
    if _wants_json(request):
        return JsonResponse({"ticket": ticket})
    is_late = "ticket" in request.POST
    message = _("Too much time has passed. Please send it again.") if is_late else ""
    return _second_step(request, _component(request, form), ticket, message)


def _refused(request: HttpRequest, form: RatingForm, status: int) -> HttpResponse:
    """Show the step that has something to mend, with all that was typed."""
    component = _component(request, form)
    if _wants_json(request):
        return JsonResponse({"errors": component.errors}, status=status)
    if {"stars", "negative", "positive"} & component.errors.keys():
        return _first_step(request, component, status)
    ticket = request.POST.get("ticket", "")
    return _second_step(request, component, ticket, component.general_error, status)


def _component(request: HttpRequest, form: RatingForm, *, with_errors: bool = True) -> Component:
    errors = {name: " ".join(map(str, messages)) for name, messages in form.errors.items()}
    return Component(
        page=request.POST.get("page", ""),
        values={name: request.POST.get(name, "") for name in KEPT},
        errors=errors if with_errors else {},
    )


def _first_step(request: HttpRequest, component: Component, status: int = 200) -> HttpResponse:
    context = {"component": component}
    return render(request, "feedback/ratings/first_step.html", context, status=status)


def _second_step(
    request: HttpRequest, component: Component, ticket: str, message: str = "", status: int = 200
) -> HttpResponse:
    context = {"component": component, "ticket": ticket, "message": message}
    return render(request, "feedback/ratings/second_step.html", context, status=status)


def _told(
    request: HttpRequest, status: int, message: str, form: RatingForm | None = None
) -> HttpResponse:
    """Show *message*, and what was typed, so that it is not lost."""
    if _wants_json(request):
        return JsonResponse({"errors": {"page": message}}, status=status)
    comment = form.data.get("comment", "") if form is not None else ""
    context = {"message": message, "comment": comment}
    return render(request, "feedback/ratings/message.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
