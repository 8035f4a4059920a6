"""Stream content moves with its blocks: a real migration on a real database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import migrations
from django.db.migrations.writer import OperationWriter
from wagtail.blocks.migrations.operations import (
    RemoveStructChildrenOperation,
    RenameStructChildrenOperation,
)

from cms.stream_data import MigrateContentStreamData
from tests.processes import environment, manage, run_program
from tests.separate_databases import KINDS, separate_database

WRITE = """
import json
from wagtail.models import Locale, Site
from centres.models import CentrePage, Place, ProgrammePage, Seat
from cms.delivery.drain import drain_all
from cms.delivery.models import Pending
from cms.localisation.programmed import publish_translation

Locale.objects.get_or_create(language_code="en")
root = Site.objects.get(is_default_site=True).root_page
programme = ProgrammePage(title="Programma", slug="programma")
root.add_child(instance=programme)
programme.save_revision().publish()
place = Place(name="Biblioteca", locale=Locale.get_default())
place.save()
place.save_revision().publish()
hours = [{"type": "by_appointment", "id": "h1", "value": {"kind": "desk", "note": "Su richiesta"}}]
link = {"label": "Sito", "page": None, "url": "https://example.org/"}
links = {"title": "Altro", "links": [{"type": "item", "id": "r1", "value": link}]}
body = [
    {"type": "links", "id": "b1", "value": links},
    {"type": "links", "id": "b2", "value": {"title": "Vuoto", "links": []}},
    {"type": "heading", "id": "b3", "value": {"text": "label", "level": "h2"}},
]
centre = CentrePage(title="Centro", slug="centro", body=json.dumps(body), hours=json.dumps(hours))
centre.seats = [Seat(place=place, role="hub", hours=json.dumps(hours), sort_order=1)]
programme.add_child(instance=centre)
centre.save_revision().publish()
centre.save_revision()
words = {"Programma": "Programme", "programma": "programme", "Sito": "Site", "Altro": "More",
         "Vuoto": "Empty", "label": "label", "Su richiesta": "On request", "Centro": "Centre",
         "centro": "centre"}
publish_translation(programme, Locale.objects.get(language_code="en"), words)
publish_translation(centre, Locale.objects.get(language_code="en"), words)
drain_all()
assert not Pending.objects.exists()
"""

READ = """
import json
from django.db import connection
from wagtail_localize.models import StringTranslation, TranslationContext
from cms.delivery.models import Entry, Mark

def table(name, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {name} ORDER BY 1")
        return [str(row[0]) for row in cursor.fetchall()]

def state():
    return {
        "rows": table("centres_centrepage", "CAST(body AS TEXT)"),
        "centre_hours": table("centres_centrepage", "CAST(hours AS TEXT)"),
        "seats": table("centres_seat", "CAST(hours AS TEXT)"),
        "revisions": table("wagtailcore_revision", "CAST(content AS TEXT)"),
        "sources": table("wagtail_localize_translationsource", "content_json"),
        "contexts": sorted(
            f"{c.path} {c.path_id == TranslationContext._get_path_id(c.path)}"
            for c in TranslationContext.objects.all()
        ),
        "words": sorted(
            f"{t.context.path}: {t.data}" for t in StringTranslation.objects.all()
        ),
        "marks": [mark.key for mark in Mark.objects.all()],
    }

def show(name, value):
    print("RESULT", json.dumps([name, value]))
"""

MIGRATE = """
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from wagtail.blocks.migrations.operations import RenameStructChildrenOperation as Rename
from cms.stream_data import MigrateContentStreamData

class Migration(migrations.Migration):
    operations = [
        MigrateContentStreamData(
            "centres", "CentrePage", "body", [(Rename("label", "caption"), "links.links.item")]
        ),
        MigrateContentStreamData(
            "centres", "Seat", "hours", [(Rename("note", "remark"), "by_appointment")]
        ),
    ]

executor = MigrationExecutor(connection)
before = executor.loader.project_state(executor.loader.graph.leaf_nodes())
migration = Migration("9999_rename", "centres")
"""

THERE_AND_BACK = """
show("first", state())
executor.apply_migration(before.clone(), migration)
show("there", state())
Mark.objects.all().delete()
executor.unapply_migration(before.clone(), migration)
show("back", state())
"""

HISTORIC = """
show("first", state())
for model in ("CentrePage", "Seat", "ProgrammePage"):
    for instance in before.apps.get_model("centres", model).objects.all():
        instance.save()
show("saved", state())
"""

DOCUMENTS = """
from wagtail_localize.models import Translation
from centres.models import CentrePage
from cms.delivery.drain import drain_all

def documents():
    entries = Entry.objects.filter(resource="centres").order_by("locale")
    return [json.loads(entry.document)["body"] for entry in entries]

show("before", documents())
executor.apply_migration(before.clone(), migration)
Mark.objects.all().delete()
Entry.objects.all().delete()
drain_all()
show("unmarked", documents())
executor.unapply_migration(before.clone(), migration)
drain_all()
show("after", documents())
english = CentrePage.objects.get(locale__language_code="en")
Translation.objects.get(
    target_locale=english.locale, source__object_id=english.translation_key
).save_target(publish=True)
drain_all()
show("translated again", documents())
"""


@pytest.fixture(scope="module", params=KINDS)
def env(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("streams")
    with separate_database(request.param, "streams", folder) as url:
        yield _prepared(environment(url, folder))


def _prepared(env: dict[str, str]) -> dict[str, str]:
    manage(env, "migrate", "--verbosity", "0")
    _run(env, WRITE)
    return env


def _run(env: dict[str, str], program: str) -> dict[str, Any]:
    done = run_program(env, program)
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    return dict(json.loads(line.removeprefix("RESULT ")) for line in lines)


def _count(state: dict[str, Any], place: str, text: str) -> int:
    return sum(value.count(text) for value in state[place])


def test_a_nested_block_is_renamed_wherever_it_is_stored(env: dict[str, str]) -> None:
    told = _run(env, READ + MIGRATE + THERE_AND_BACK)
    first, there, back = told["first"], told["there"], told["back"]
    names = {
        "rows": ('"label":', '"caption":', 2),
        "seats": ('"note":', '"remark":', 2),
        "contexts": (".links.r1.label ", ".links.r1.caption ", 1),
        "words": (".links.r1.label: Site", ".links.r1.caption: Site", 1),
    }
    for place, (old, new, number) in names.items():
        assert _count(first, place, old) == _count(there, place, new) == number, place
        assert _count(first, place, new) == _count(there, place, old) == 0, place
    for place in ("revisions", "sources"):
        for old, new in (("label", "caption"), ("note", "remark")):
            was = _count(first, place, f'\\"{old}\\":')
            assert was > 0
            # The hours of the centre itself have the name of those of its seats, and stay.
            left = was // 2 if old == "note" else 0
            assert _count(there, place, f'\\"{new}\\":') == was - left
            assert _count(there, place, f'\\"{old}\\":') == left
    assert there["centre_hours"] == first["centre_hours"]
    assert all(line.endswith(" True") for line in there["contexts"])
    assert first["marks"] == []
    assert there["marks"] == back["marks"] == ["everything", "everything"]
    back["marks"] = []
    assert back == first


def test_a_historic_model_saves_content_as_it_was(env: dict[str, str]) -> None:
    told = _run(env, READ + MIGRATE + HISTORIC)
    assert _count(told["first"], "rows", "https://example.org/") == 2
    assert told["saved"] == told["first"]


def test_documents_follow_and_translations_stay(env: dict[str, str]) -> None:
    told = _run(env, READ + MIGRATE + DOCUMENTS)
    labels = [body[0]["value"]["links"][0]["label"] for body in told["before"]]
    assert labels == ["Site", "Sito"]
    assert told["unmarked"] == []
    assert told["after"] == told["translated again"] == told["before"]


RENAME = RenameStructChildrenOperation("label", "caption")


def test_the_operation_can_be_written_into_a_migration() -> None:
    operation = MigrateContentStreamData(
        "centres", "CentrePage", "body", [(RENAME, "links.links.item")]
    )
    text, imports = OperationWriter(operation).serialize()
    scope: dict[str, Any] = {}
    exec("\n".join(sorted(imports)), scope)  # noqa: S102
    written = eval(text.rstrip(","), scope)  # noqa: S307
    assert isinstance(written, MigrateContentStreamData)
    assert written.reversible
    assert isinstance(written, migrations.RunPython)


def test_what_loses_content_cannot_be_reversed() -> None:
    steps = [(RENAME, "links.links.item"), (RemoveStructChildrenOperation("title"), "links")]
    assert not MigrateContentStreamData("centres", "CentrePage", "body", steps).reversible
