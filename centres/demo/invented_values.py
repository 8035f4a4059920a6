"""Values of StreamFields for invented centres, as the database holds them."""

from __future__ import annotations

import json
import random
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from centres.blocks.activities import Stated
from centres.hours import HoursKind, Weekday

if TYPE_CHECKING:
    from centres.demo.invented import Surroundings

TERMS = (date(2026, 9, 1), 300)
"""The first day of single dates, and within how many days of it they lie."""


def _block(chance: random.Random, block_type: str, value: Any) -> dict[str, Any]:
    identity = uuid.UUID(int=chance.getrandbits(128), version=4)
    return {"type": block_type, "value": value, "id": str(identity)}


def _sentences(chance: random.Random, count: int) -> str:
    from centres.demo.invented import words

    return " ".join(chance.sample(words()["sentences"], count))


def _weekly(chance: random.Random, kind: HoursKind) -> dict[str, Any]:
    days = sorted(chance.sample(list(Weekday)[:6], chance.randrange(1, 4)), key=_position)
    opens = chance.randrange(8, 15)
    return {
        "kind": kind,
        "days": [day.value for day in days],
        "opens": f"{opens:02d}:00:00",
        "closes": f"{opens + chance.randrange(2, 5):02d}:30:00",
    }


def _position(day: Weekday) -> int:
    return day.position


def hours(chance: random.Random) -> str:
    """Return the hours of a desk and of a telephone."""
    blocks = [
        _block(chance, "weekly", _weekly(chance, kind))
        for kind in (HoursKind.DESK, HoursKind.TELEPHONE)
    ]
    return json.dumps(blocks)


def body(chance: random.Random) -> str:
    """Return one text under a heading."""
    heading = {"text": _sentences(chance, 1), "level": "h2"}
    paragraph = f"<p>{_sentences(chance, 4)}</p><p>{_sentences(chance, 3)}</p>"
    return json.dumps([_block(chance, "heading", heading), _block(chance, "paragraph", paragraph)])


def source(chance: random.Random, number: int) -> str:
    """Return the one source of a centre."""
    value = {"url": f"https://example.org/fonti/{number}", "checked_on": "2026-01-15"}
    return json.dumps([_block(chance, "source", value)])


def activity(chance: random.Random, around: Surroundings) -> dict[str, Any]:
    """Return one block of activities: half of them weekly, half of them on single dates."""
    from centres.demo.invented import words

    low = chance.choice((None, 0, 3, 6, 11, 18))
    is_weekly = chance.random() < 0.5
    value = {
        "types": chance.sample(around.types, min(len(around.types), chance.randrange(1, 3))),
        "title": f"{chance.choice(words()['activities'])} {chance.choice(words()['themes'])}",
        "description": f"<p>{_sentences(chance, 2)}</p>",
        "audiences": chance.sample(around.audiences, min(len(around.audiences), 1)),
        "audience_note": "",
        "age_from": low,
        "age_to": None if low is None else low + chance.randrange(2, 9),
        "place": chance.choice(around.places).pk,
        "dates": [] if is_weekly else _dates(chance),
        "recurring": [_block(chance, "weekly", _weekly(chance, HoursKind.DESK))]
        if is_weekly
        else [],
        "when_note": "",
        "booking": chance.choice(Stated.values),
        "booking_note": "",
        "free_of_charge": chance.choice(Stated.values),
        "accompanied": chance.choice(Stated.values),
        "contact_note": "",
        "note": chance.choice(words()["notes"]),
        "types_inferred": False,
        "editor_note": "",
        "sources": [],
    }
    return _block(chance, "activity", value)


def _dates(chance: random.Random) -> list[dict[str, Any]]:
    first, days = TERMS
    chosen = sorted(chance.sample(range(days), 3))
    return [
        _block(
            chance,
            "item",
            {
                "date": (first + timedelta(days=day)).isoformat(),
                "starts": "16:00:00",
                "ends": "18:00:00",
            },
        )
        for day in chosen
    ]
