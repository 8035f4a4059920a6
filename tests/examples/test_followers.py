"""Whoever follows the feed as the guide says holds what the lists show."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.examples.place import Server, Way, Workplace
from tests.processes import manage

pytestmark = pytest.mark.examples
followers = pytest.mark.parametrize("program", ["follow.php", "follow.mjs", "follow.sh"])

FIND = (
    "from centres.models import CentrePage\n"
    "page = CentrePage.objects.get(slug='me-te', locale__language_code='it')\n"
)


def held(workplace: Workplace, program: str) -> dict[str, Any]:
    """What a follower keeps, by id."""
    if program.endswith(".sh"):
        files = (workplace.folder / "centres").iterdir()
        return {path.stem: json.loads(path.read_text()) for path in files}
    kept: dict[str, Any] = json.loads((workplace.folder / "centres.json").read_text())["centres"]
    return kept


def shown(server: Server) -> dict[str, Any]:
    return {centre["id"]: centre for centre in server.centres()}


def titles(documents: dict[str, Any]) -> set[str]:
    return {document["title"] for document in documents.values()}


@followers
def test_follower_holds_what_the_lists_show(
    server: Server, way: Way, workplace: Workplace, program: str
) -> None:
    workplace.run(program)
    assert len(held(workplace, program)) == 7
    assert held(workplace, program) == shown(server)

    way.passed.clear()
    workplace.run(program)
    assert len(way.passed) == 1, "it reads again what it holds"
    assert "cursor=" in way.passed[0][0]
    assert held(workplace, program) == shown(server)


@followers
def test_follower_learns_of_changes_and_of_what_went(
    server: Server, workplace: Workplace, program: str
) -> None:
    workplace.run(program)
    (before,) = [t for t in titles(held(workplace, program)) if t.startswith("ME-TE")]
    rename = "page.title = {!r}\npage.save_revision().publish()\n"
    try:
        server.run(FIND + rename.format("Il nuovo nome"))
        workplace.run(program)
        assert "Il nuovo nome" in titles(held(workplace, program))
        assert before not in titles(held(workplace, program))
        assert held(workplace, program) == shown(server)

        server.run(f"{FIND}page.unpublish()")
        workplace.run(program)
        assert len(held(workplace, program)) == 6
        assert held(workplace, program) == shown(server)
    finally:
        server.run(FIND + rename.format(before))
        published = "for copy in page.get_translations(): copy.save_revision().publish()"
        server.run(FIND + published)
    workplace.run(program)
    assert len(held(workplace, program)) == 7
    assert held(workplace, program) == shown(server)


@followers
def test_follower_starts_over_with_another_feed(
    server: Server, way: Way, workplace: Workplace, program: str
) -> None:
    workplace.run(program)
    manage(server.env, "rotate_feed")
    way.passed.clear()
    workplace.run(program)
    assert way.passed[0][1] == 410
    assert len(held(workplace, program)) == 7
    assert held(workplace, program) == shown(server)


@pytest.mark.parametrize("program", ["follow.php", "follow.mjs", "follow.sh"])
def test_follower_waits_where_it_is_told_to(
    server: Server, way: Way, workplace: Workplace, program: str
) -> None:
    way.refusals += [503, 429]
    started = time.monotonic()
    workplace.run(program)
    assert time.monotonic() - started >= 2
    assert [status for _path, status in way.passed] == [503, 429, 200]
    assert held(workplace, program) == shown(server)
