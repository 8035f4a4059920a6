"""An editor in a hurry: ``python -m tests.concurrency.writer SEED SECONDS REPORT``.

Does what editors do, as fast as it can, for so long, and each kind at least once. Counts what went
well and what did not, by kind.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from wagtail.models import Locale  # noqa: E402

from centres.models import ActivityType, CentrePage, District, Place  # noqa: E402
from cms.localisation.programmed import MissingSentencesError, publish_translation  # noqa: E402

WORDS = ["ponte", "lago", "colle", "fonte", "riva", "bosco", "campo", "torre", "corte", "valle"]


def _title(chance: random.Random) -> str:
    """Titles of the same length meet in one row of PostgreSQL's search norms."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(2, 9)))


def _centre(chance: random.Random, language: str = "it", **criteria: object) -> CentrePage:
    pages = CentrePage.objects.filter(locale__language_code=language, **criteria)
    return chance.choice(list(pages.order_by("pk")))


def publish(chance: random.Random) -> None:
    page = _centre(chance, chance.choice(("it", "it", "en")))
    page.title = _title(chance)
    page.summary = f"Summary {chance.random()}"
    page.save_revision().publish()


def unpublish(chance: random.Random) -> None:
    _centre(chance, chance.choice(("it", "en")), live=True).unpublish()


def publish_again(chance: random.Random) -> None:
    _centre(chance, chance.choice(("it", "en")), live=False).save_revision().publish()


def copy_for_translation(chance: random.Random) -> None:
    """A translation that is made anew: the page of before goes first."""
    english = Locale.objects.get(language_code="en")
    page = _centre(chance)
    if (known := page.get_translation_or_none(english)) is not None:
        known.delete()
    copied = page.copy_for_translation(english)
    copied.summary = f"Translated {chance.random()}"
    copied.save_revision().publish()


def translate(chance: random.Random) -> None:
    """Through wagtail-localize, sentence by sentence."""
    english = Locale.objects.get(language_code="en")
    page = _centre(chance)
    try:
        publish_translation(page, english, {})
    except MissingSentencesError as missing:
        words = {text: f"{text} ({chance.randrange(1000)})" for text in missing.sentences}
        publish_translation(page, english, words)


def rename_term(chance: random.Random) -> None:
    term = chance.choice(list(ActivityType.objects.order_by("pk")))
    term.name = _title(chance)
    term.save_revision().publish()


def rename_district(chance: random.Random) -> None:
    district = chance.choice(list(District.objects.order_by("pk")))
    district.name = _title(chance)
    district.save_revision().publish()


def edit_place(chance: random.Random) -> None:
    place = chance.choice(list(Place.objects.order_by("pk")))
    place.street = f"via {chance.randrange(1000)}"
    place.save_revision().publish()


ACTIONS: list[Callable[[random.Random], None]] = [
    publish,
    publish,
    publish,
    unpublish,
    publish_again,
    publish_again,
    copy_for_translation,
    translate,
    rename_term,
    rename_district,
    edit_place,
]


def main(seed: int, seconds: float, report: Path) -> None:
    chance = random.Random(seed)
    done: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    deadline = time.monotonic() + seconds
    waiting: list[Callable[[random.Random], None]] = []
    rounds = 0
    while waiting or not rounds or time.monotonic() < deadline:
        if not waiting:
            waiting = chance.sample(ACTIONS, len(ACTIONS))
            rounds += 1
        action = waiting.pop()
        try:
            action(chance)
        except IndexError:
            continue  # There was nothing to choose from.
        except Exception as error:
            message = (str(error).splitlines() or [""])[0]
            failed[f"{action.__name__}: {type(error).__name__}: {message[:120]}"] += 1
        else:
            done[action.__name__] += 1
        report.write_text(json.dumps({"done": done, "failed": failed}))


main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]))
