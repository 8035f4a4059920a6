"""Numbers without gaps, and terms in days of Italy's calendar."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from feedback.reports import submitting
from feedback.reports.models import AccessibilityReport, ReportCounter, ReportStep
from feedback.reports.reported_page import ReportedPage
from feedback.reports.submitting import Submission, submit
from feedback.reports.term import due_date, in_rome, reminder_due
from tests.processes import ROOT, environment, manage
from tests.separate_databases import KINDS, separate_database


def submission(**changes: object) -> Submission:
    texts = {"kind": "barrier", "description": "Prova"}
    values = {
        "key": uuid.uuid4(),
        "texts": texts,
        "reply_wanted": False,
        "page": ReportedPage("/it/"),
        "language": "it",
        "site": None,
    }
    return Submission(**{**values, **changes})  # type: ignore[arg-type]


def received_at(moment: str) -> AccessibilityReport:
    """Submit a report at *moment*, in UTC."""
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    with mock.patch.object(submitting.timezone, "now", return_value=now):
        return submit(submission())[0]


@pytest.mark.parametrize(
    ("moment", "number", "received", "due"),
    [
        # Winter time is one hour ahead of UTC, summer time two.
        ("2026-12-31T22:59:59", "ACC-2026-000001", date(2026, 12, 31), date(2027, 1, 30)),
        ("2026-12-31T23:00:00", "ACC-2027-000001", date(2027, 1, 1), date(2027, 1, 31)),
        ("2026-07-01T21:59:59", "ACC-2026-000001", date(2026, 7, 1), date(2026, 7, 31)),
        ("2026-07-01T22:00:00", "ACC-2026-000001", date(2026, 7, 2), date(2026, 8, 1)),
        # The term holds a change of the clocks: 29 March and 25 October 2026.
        ("2026-03-14T22:59:59", "ACC-2026-000001", date(2026, 3, 14), date(2026, 4, 13)),
        ("2026-03-14T23:00:00", "ACC-2026-000001", date(2026, 3, 15), date(2026, 4, 14)),
        ("2026-03-29T01:30:00", "ACC-2026-000001", date(2026, 3, 29), date(2026, 4, 28)),
        ("2026-10-24T22:30:00", "ACC-2026-000001", date(2026, 10, 25), date(2026, 11, 24)),
        ("2026-10-25T00:30:00", "ACC-2026-000001", date(2026, 10, 25), date(2026, 11, 24)),
        ("2028-01-30T12:00:00", "ACC-2028-000001", date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_year_and_term_are_those_of_the_calendar_of_italy(
    db: None, moment: str, number: str, received: date, due: date
) -> None:
    report = received_at(moment)
    assert (report.number, report.received_on, report.due_on) == (number, received, due)


def test_days_left_change_at_midnight_in_italy(db: None) -> None:
    report = received_at("2026-10-20T10:00:00")
    last_moment = datetime(2026, 11, 19, 22, 59, 59, tzinfo=UTC)
    assert report.days_left(in_rome(last_moment).date()) == 0
    next_moment = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
    assert report.days_left(in_rome(next_moment).date()) == -1


@pytest.mark.parametrize(
    ("day", "due"),
    [(19, None), (20, 20), (26, 20), (27, 27), (29, 27), (30, 30), (300, 30)],
)
def test_reminders_are_due_by_the_day(day: int, due: int | None) -> None:
    received = date(2026, 3, 10)
    assert reminder_due(received, date.fromordinal(received.toordinal() + day)) == due
    assert due_date(received) == date(2026, 4, 9)


def test_numbers_follow_one_another_and_begin_again_each_year(db: None) -> None:
    numbers = [
        received_at(moment).number
        for moment in (
            "2026-05-01T10:00",
            "2026-05-01T10:00",
            "2027-01-02T10:00",
            "2026-05-02T10:00",
        )
    ]
    assert numbers == [
        "ACC-2026-000001",
        "ACC-2026-000002",
        "ACC-2027-000001",
        "ACC-2026-000003",
    ]


def test_number_of_a_report_that_is_not_stored_is_given_out_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _new = submit(submission())
    with monkeypatch.context() as broken:
        broken.setattr(submitting, "queue_receipt", mock.Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError):
            submit(submission())
    assert AccessibilityReport.objects.count() == 1
    second, _new = submit(submission())
    assert (first.serial, second.serial) == (1, 2)


def test_number_is_taken_inside_a_transaction_only() -> None:
    """It is refused before the database is asked: no test here runs outside of a transaction."""
    with pytest.raises(TransactionManagementError):
        ReportCounter.objects.take(2026)


def test_first_number_of_a_year_is_one(db: None) -> None:
    with transaction.atomic():
        assert str(ReportCounter.objects.take(2026)) == "ACC-2026-000001"


def test_report_and_history_cannot_be_deleted_nor_changed(db: None) -> None:
    report, _new = submit(submission())
    (step,) = ReportStep.objects.filter(report=report)
    with pytest.raises(TypeError):
        report.delete()
    with pytest.raises(TypeError):
        step.delete()
    step.text = "other"
    with pytest.raises(TypeError):
        step.save()
    with pytest.raises(TypeError):
        ReportStep.objects.filter(report=report).update(text="other")
    with pytest.raises(TypeError):
        ReportStep.objects.filter(report=report).delete()


WRITER = """
import sys, uuid
from feedback.reports.reported_page import ReportedPage
from feedback.reports.submitting import Submission, submit
same = uuid.UUID(int=7)
for number in range(15):
    key = same if number == 0 else uuid.uuid4()
    submit(Submission(key=key, texts={"kind": "barrier", "description": "x"}, reply_wanted=False,
                      page=ReportedPage("/it/"), language="it", site=None))
"""


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    with separate_database(request.param, "reports", tmp_path) as url:
        env = environment(url, tmp_path)
        env["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        manage(env, "migrate", "family_feedback", "--verbosity", "0")
        yield env


def test_writers_at_the_same_moment_leave_no_gap(database: dict[str, str]) -> None:
    """Four processes, one key among them that all send: 4 × 14 + 1 reports, numbered 1 to 57."""
    program = f"import django; django.setup()\n{WRITER}"
    writers = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", program],
            env={**os.environ, **database},
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _number in range(4)
    ]
    for writer in writers:
        _out, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    told = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            "import django; django.setup()\n"
            "from feedback.reports.models import AccessibilityReport as R\n"
            "print(sorted(R.objects.values_list('serial', flat=True)))",
        ],
        env={**os.environ, **database},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(list(range(1, 58)))
