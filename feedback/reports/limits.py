"""How many reports and files one address may send, counted like the requests of the API."""

from __future__ import annotations

from django.http import HttpRequest

from cms import conf
from cms.http.rate_limits import Standing, standing_under


def report_standing(request: HttpRequest) -> Standing | None:
    """Count a report that *request* sends; ``None`` where no limit is set."""
    return standing_under(request, conf.report_rate_limit(), "reports")


def upload_standing(request: HttpRequest) -> Standing | None:
    """Count a file that *request* sends; ``None`` where no limit is set."""
    return standing_under(request, conf.report_rate_limit(), "report-files")
