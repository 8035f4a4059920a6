"""Blocks at a path, found by the shape of what is stored."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from wagtail.blocks.migrations.operations import (
    BaseBlockOperation,
    RemoveStructChildrenOperation,
    RenameStreamChildrenOperation,
    RenameStructChildrenOperation,
)

from cms.stream_paths import apply_at, inverse, moved, moved_paths


def _links(*rows: Any) -> dict[str, Any]:
    listed = [
        {"type": "item", "id": f"r{index}", "value": row} for index, row in enumerate(rows, start=1)
    ]
    return {"type": "links", "id": "b1", "value": {"title": "T", "links": listed}}


LABEL_TO_NAME = RenameStructChildrenOperation("label", "name")
NAME_TO_LABEL = RenameStructChildrenOperation("name", "label")
HEADING_TO_TITLE = RenameStreamChildrenOperation("heading", "title")
HEADING = {"type": "heading", "id": "b2", "value": {"text": "H", "level": "h2"}}
NESTED = {"type": "activity", "id": "b3", "value": {"recurring": [HEADING], "dates": []}}


@pytest.mark.parametrize(
    ("operation", "path", "before", "after"),
    [
        (
            LABEL_TO_NAME,
            "links.links.item",
            [HEADING, _links({"label": "A", "url": "u"}, {"label": "B"})],
            [HEADING, _links({"name": "A", "url": "u"}, {"name": "B"})],
        ),
        (LABEL_TO_NAME, "links.links.item", [_links()], [_links()]),
        (LABEL_TO_NAME, "links.links.item", [], []),
        (LABEL_TO_NAME, "links.links.item", None, None),
        (
            LABEL_TO_NAME,
            "links.links.item",
            [{"type": "links", "id": "b1", "value": {"title": "T", "links": None}}],
            [{"type": "links", "id": "b1", "value": {"title": "T", "links": None}}],
        ),
        (LABEL_TO_NAME, "absent.links.item", [_links({"label": "A"})], [_links({"label": "A"})]),
        (HEADING_TO_TITLE, "", [HEADING], [{**HEADING, "type": "title"}]),
        (
            HEADING_TO_TITLE,
            "activity.recurring",
            [NESTED, HEADING],
            [
                {
                    **NESTED,
                    "value": {"recurring": [{**HEADING, "type": "title"}], "dates": []},
                },
                HEADING,
            ],
        ),
        (
            LABEL_TO_NAME,
            "activity.dates.item",
            [NESTED],
            [NESTED],
        ),
    ],
)
def test_only_the_blocks_at_the_path_change(
    operation: BaseBlockOperation, path: str, before: Any, after: Any
) -> None:
    untouched = deepcopy(before)
    changed, _trails = apply_at(before, path.split(".") if path else [], operation)
    assert changed == after
    assert before == untouched


def test_a_trail_is_what_localize_calls_a_content_path() -> None:
    _changed, trails = apply_at(
        [_links({"label": "A"}, {})], ["links", "links", "item"], NAME_TO_LABEL
    )
    assert trails == [("b1", "links", "r1"), ("b1", "links", "r2")]
    assert moved_paths(LABEL_TO_NAME, trails)[0] == ("b1.links.r1.label", "b1.links.r1.name")
    assert moved_paths(HEADING_TO_TITLE, trails) == []


def test_renames_can_be_undone_and_removals_cannot() -> None:
    undone = inverse(LABEL_TO_NAME)
    assert undone is not None
    assert undone.apply(LABEL_TO_NAME.apply({"label": "A"})) == {"label": "A"}
    back = inverse(HEADING_TO_TITLE)
    assert back is not None
    assert back.apply(HEADING_TO_TITLE.apply([HEADING])) == [HEADING]
    assert inverse(RemoveStructChildrenOperation("label")) is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [("body.1.a", "body.1.c"), ("body.1.a.x", "body.1.c.x"), ("body.1.ab", "body.1.ab")],
)
def test_a_path_follows_one_rename_after_the_other(path: str, expected: str) -> None:
    assert moved(path, [{"body.1.a": "body.1.b"}, {"body.1.b": "body.1.c"}]) == expected
