"""Reports as citizens and officers meet them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from feedback.reports import state
from feedback.reports.models import AccessibilityReport
from tests.feedback.sending import Citizen


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A citizen who took time: only the test of the shortest time is quick."""
    monkeypatch.setattr(state, "SHORTEST", 0.0)


@pytest.fixture
def citizen(db: None, unhurried: None) -> Citizen:
    return Citizen()


@pytest.fixture
def report(citizen: Citizen) -> AccessibilityReport:
    """A report that came through the form."""
    citizen.to_summary().post("send")
    return AccessibilityReport.objects.get()


@pytest.fixture
def anybody(db: None) -> Iterator[Client]:
    yield Client(HTTP_HOST="127.0.0.1")
