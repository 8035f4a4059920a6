"""Who may see reports, and who may work on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

VIEW = "family_feedback.view_accessibilityreport"
CHANGE = "family_feedback.change_accessibilityreport"
BACKEND = "django.contrib.auth.backends.ModelBackend"

View = Callable[..., HttpResponseBase]


def for_officers(view: View) -> View:
    """Refuse who may not see reports, and posts of who may not change them; keep nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = VIEW if request.method in ("GET", "HEAD") else CHANGE
        if not request.user.has_perm(wanted):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return answer


def officers() -> QuerySet[Any]:
    """Return whom a report can be given to."""
    users: Any = get_user_model()._default_manager
    found: QuerySet[Any] = users.with_perm(CHANGE, backend=BACKEND)
    return found.order_by(get_user_model().USERNAME_FIELD)
