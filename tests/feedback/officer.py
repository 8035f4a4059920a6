"""An officer at work in the admin, in the group that the roles make."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.roles import OFFICERS, set_up_roles
from feedback.reports.models import AccessibilityReport
from feedback.reports.working import last_seen


class Officer:
    """Somebody in the group of officers; ``response`` is the last answer."""

    def __init__(self, username: str = "officer", email: str = "") -> None:
        set_up_roles()
        self.user = get_user_model()._default_manager.create_user(
            username=username, email=email, password="unused"
        )
        self.user.groups.add(Group.objects.get(name=OFFICERS))
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.client.force_login(self.user)
        self.response: Any = None

    def list(self, **query: str) -> BeautifulSoup:
        self.response = self.client.get(reverse("feedback_reports:list"), query)
        assert self.response.status_code == 200, self.response
        return BeautifulSoup(self.response.content, "html.parser")

    def numbers(self, **query: str) -> list[str]:
        return [cell.get_text(strip=True) for cell in self.list(**query).select("tbody th")]

    def look(self, report: AccessibilityReport) -> BeautifulSoup:
        self.response = self.client.get(self.url(report))
        assert self.response.status_code == 200
        return BeautifulSoup(self.response.content, "html.parser")

    def url(self, report: AccessibilityReport) -> str:
        return reverse("feedback_reports:report", args=[report.pk])

    def take(self, report: AccessibilityReport, action: str, **fields: Any) -> Any:
        """Send the form of a step; ``seen`` as the page shows it, unless it is given."""
        seen = fields.pop("seen", last_seen(report))
        data = {f"{action}-{name}": value for name, value in fields.items()}
        self.response = self.client.post(self.url(report), {**data, "action": action, "seen": seen})
        return self.response

    def done(self, report: AccessibilityReport, action: str, **fields: Any) -> AccessibilityReport:
        response = self.take(report, action, **fields)
        assert response.status_code == 302, BeautifulSoup(response.content, "html.parser").select(
            ".error-message, .messages"
        )
        report.refresh_from_db()
        return report
