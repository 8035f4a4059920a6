"""``/activities.ics`` and ``/centres/{id}.ics``: activities for people's own calendars."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from centres.exports.calendar import calendar_text
from cms.delivery.models import Entry
from cms.http.conditional import described, not_modified, validators_of
from cms.http.exports import Export, Rows, export_response
from cms.http.listing import LOCALE, Selection
from cms.http.locales import choose
from cms.http.parameters import refuse_unknown
from cms.http.problems import ProblemError

MEDIA_TYPE = "text/calendar; charset=utf-8"


def _write(rows: Rows, selection: Selection) -> Iterable[bytes]:
    code = selection.locale.code
    with translation.override(code):
        name = _("Activities of the Family Centres")
    return calendar_text((json.loads(text) for (text,) in rows), name, code)


ACTIVITIES = Export("activities", MEDIA_TYPE, ("document",), _write, filename="activities.ics")


def activities_calendar(request: HttpRequest) -> HttpResponseBase:
    """Answer ``GET /activities.ics``: all that the filters select."""
    return export_response(request, ACTIVITIES)


def centre_calendar(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Answer ``GET /centres/{id}.ics`` with two queries, one for a 304."""
    refuse_unknown(request, (LOCALE,))
    locale = choose(request, request.GET.get("locale"))
    centre = Q(resource="centres", public_id=public_id)
    activities = Q(resource="activities", owner=public_id)
    entries = Entry.objects.filter(centre | activities, locale=locale.code, deleted=False)
    tags = sorted(entries.values_list("resource", "etag"))
    if not any(resource == "centres" for resource, _tag in tags):
        raise ProblemError(404, "There is no such object.")
    validators = validators_of(repr(tags))
    response: HttpResponseBase | None = not_modified(request, validators)
    if response is None:
        rows = entries.order_by("sort_key", "public_id").values_list("resource", "document")
        documents = [(resource, json.loads(text)) for resource, text in rows]
        names = (document["title"] for resource, document in documents if resource == "centres")
        listed = (document for resource, document in documents if resource == "activities")
        response = HttpResponse(
            b"".join(calendar_text(listed, next(names, ""), locale.code)), content_type=MEDIA_TYPE
        )
        described(response, validators)
        response["Content-Disposition"] = 'attachment; filename="activities.ics"'
    locale.describe(response)
    return response
