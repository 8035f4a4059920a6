"""What a build costs: the number of queries does not grow with what a document names."""

from __future__ import annotations

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import CentrePage, ProgrammePage
from cms.delivery import resources
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
    before = _queries_of_a_build(programme)
    for number in range(5):
        centre = CentrePage(title=f"Centro {number}", slug=f"n-{number}", locale=programme.locale)
        programme.add_child(instance=centre)
    after = _queries_of_a_build(programme)
    assert len(after) == len(before)
    assert not any("centres_seat" in sql or '"activities"' in sql for sql in after)
