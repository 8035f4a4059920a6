"""What a build costs: neither queries nor rows read grow with what else there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import ActivityType, CentrePage, ProgrammePage
from cms.delivery import resources
from cms.delivery.drain import drain_all
from cms.delivery.models import Mark, Pending
from cms.delivery.projection import project
from cms.delivery.reads import Reads


def _queries_of_a_build(programme: ProgrammePage) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        projection = project(resources.get("programmes"), programme.translation_key, "it", Reads())
    assert projection.content is not None
    assert json.loads(projection.content)["presence"]["number"] == _published(programme)
    return [query["sql"] for query in queries.captured_queries]


def _published(programme: ProgrammePage) -> int:
    return CentrePage.objects.child_of(programme).live().count()


def test_programme_reads_titles_of_its_centres_only(db: None) -> None:
    programme = ProgrammePage.objects.get(slug="centri-per-le-famiglie")
    _queries_of_a_build(programme)  # Content types are read once in a process.
    before = _queries_of_a_build(programme)
    for number in range(5):
        centre = CentrePage(title=f"Centro {number}", slug=f"n-{number}", locale=programme.locale)
        programme.add_child(instance=centre)
    after = _queries_of_a_build(programme)
    assert len(after) == len(before)
    assert not any("centres_seat" in sql or '"activities"' in sql for sql in after)


SHORT = {table._meta.db_table for table in (Mark, Pending)} | {
    f"wagtailcore_{name}" for name in ("locale", "site", "pageviewrestriction", "modellogentry")
}
"""What is short, or empty as soon as the worker has caught up."""


def _walked(queries: list[dict[str, str]]) -> Iterator[str]:
    """Yield the tables that *queries* read from end to end, as SQLite plans them."""
    for query in queries:
        if not query["sql"].startswith(("SELECT", "UPDATE", "DELETE")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            steps = [row[3].split() for row in cursor.fetchall()]
        yield from (step[1] for step in steps if step[0] == "SCAN")


def test_no_table_that_grows_is_walked(db: None, django_capture_on_commit_callbacks: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The plans of PostgreSQL depend on how many rows there are.")
    centre = CentrePage.objects.filter(locale__language_code="it", live=True)[0]
    term = ActivityType.objects.filter(locale__language_code="it", live=True)[0]
    centre.summary = "Changed"
    term.name = "Changed"
    revisions = centre.save_revision(), term.save_revision()
    drain_all()
    with CaptureQueriesContext(connection) as queries:
        for revision in revisions:
            with django_capture_on_commit_callbacks(execute=True):
                revision.publish()
        assert drain_all() > 1
    walked = {table for table in _walked(queries.captured_queries) if table.startswith("family_")}
    assert walked - SHORT == set()
