"""The goals, as ratios of figures of one run on one machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Row = tuple[str, str, str, bool]

RATIOS = (
    ("list of 100, full", "stock Wagtail v2, list of 100, fields=*", 100.0),
    ("list of 100, full", "select and join of the same 100 documents", 0.9),
    ("one centre", "stock Wagtail v3, one centre", 10.0),
    ("one centre, 304", "304 by one indexed select", 0.8),
    ("list of 100, full: last page", "list of 100, full: first page", 0.8),
    ("feed, page of 100: tail", "feed, page of 100: first", 0.8),
    ("filter comune", "list of 100, summary", 1 / 3),
    ("filter activity type", "list of 100, summary", 1 / 3),
    ("filter open at", "list of 100, summary", 1 / 3),
    ("filter near", "list of 100, summary", 1 / 3),
)
"""Requests per second of the server's processor time: the first against the second."""


def judge(reading: Mapping[str, Any], writing: Mapping[str, float]) -> Iterator[Row]:
    """Yield each goal, what it asks, what was measured, and whether it is met."""
    for fast, slow, asked in RATIOS:
        if fast in reading and slow in reading:
            found = reading[slow]["cpu"] / reading[fast]["cpu"]
            yield f"{fast} / {slow}", f"≥ {asked:.2f}", f"{found:.2f}", found >= asked
    if writing:
        yield from _of_writing(writing)


def _of_writing(writing: Mapping[str, float]) -> Iterator[Row]:
    times = (
        (
            "publish / publish in stock Wagtail",
            "publish, ms (median)",
            "publish in stock Wagtail, ms (median)",
            1.5,
        ),
        (
            "rename a term that many name / that none names",
            "rename a term that many name, ms (median)",
            "rename a term that none name, ms (median)",
            1.5,
        ),
    )
    for goal, ours, other, asked in times:
        found = writing[ours] / writing[other]
        yield goal, f"≤ {asked:.2f}", f"{found:.2f}", found <= asked
    rate = writing["fan-out, entries per second of processor time"]
    yield "fan-out, entries per second and core", "≥ 200", f"{rate:.0f}", rate >= 200
