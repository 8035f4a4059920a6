"""A process that writes through the admin while a worker runs in another, and takes the time.

It prints one line of JSON for each write: its name, the seconds until all had followed, and what
was wrong then. Run by :mod:`tests.delivery.test_processes`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Site

from centres.models import ActivityType, CentrePage, LegalReference, Place, ProgrammePage
from cms.delivery.models import Entry, Mark, Pending
from cms.delivery.verification import discrepancies
from tests.busy import slowed
from tests.editor import Editor
from tests.pictures import picture

LIMIT = 5.0
"""Seconds in which a running worker must have caught up, on a machine that does nothing else."""

PATIENCE = 60.0
"""Seconds after which this process no longer waits, and says what it found."""

Expected = Callable[[], bool]


def shows(instance: Any, words: str, locale: str = "it") -> Expected:
    return lambda: words in _entry(instance, locale).document


def shows_not(instance: Any, words: str) -> Expected:
    return lambda: words not in _entry(instance, "it").document


def gone(instance: Any, reason: str) -> Expected:
    return lambda: _entry(instance, "it").reason == reason


def _is_quiet() -> bool:
    return not Mark.objects.exists() and not Pending.objects.exists()


def _entry(instance: Any, locale: str) -> Entry:
    key = getattr(instance, "translation_key", None) or instance.public_id
    return Entry.objects.get(public_id=key, locale=locale)


def _all_show(words: str) -> bool:
    shown = Entry.objects.filter(deleted=False)
    return not shown.exclude(document__contains=words).exists()


def report(name: str, expected: Expected, since: datetime | None = None) -> None:
    """Wait until nothing waits and *expected* holds; *since* is when the hour of the write came."""
    begun = since or timezone.now()
    deadline = begun + timedelta(seconds=PATIENCE)
    while not (followed := _is_quiet() and expected()) and timezone.now() < deadline:
        time.sleep(0.05)
    seconds = (timezone.now() - begun).total_seconds()
    wrong = discrepancies()
    print(  # noqa: T201
        json.dumps(
            {"write": name, "seconds": seconds, "followed": followed, "wrong": wrong},
        ),
        flush=True,
    )


def main() -> None:
    editor = Editor(Client(HTTP_HOST="127.0.0.1"))
    programme = ProgrammePage.objects.get(slug="centri-per-le-famiglie")
    italian = programme.locale
    centres = list(CentrePage.objects.filter(locale=italian).order_by("pk"))
    one, two, three = (page for page in centres if page.slug in {"saronno", "me-te", "valle-olona"})
    report("nothing", lambda: True)

    editor.publish(one, summary="Written at last")
    report("publish", shows(one, "Written at last"))
    editor.publish(programme, slug="renamed")
    report("rename a programme's slug", shows(two, "/it/renamed/"))
    editor.set_privacy(programme, "login")
    report("restrict a programme", gone(two, "restricted"))
    editor.set_privacy(programme, "none")
    report("lift the restriction", shows(two, "/it/renamed/"))
    editor.unpublish(two)
    report("unpublish", gone(two, "unpublished"))
    editor.publish(two)
    report("publish again", shows(two, "/it/renamed/"))
    editor.copy(programme, "second", publish_copies="on")
    second = ProgrammePage.objects.get(slug="second")
    editor.move(two, second)
    report("move", shows(two, "/it/second/"))

    term = ActivityType.objects.filter(locale=italian).first()
    editor.publish_record(term, name="A term renamed")
    report("rename a term", shows(programme, "A term renamed"))
    place = Place.objects.filter(locale=italian, pk__in=one.seats.values("place")).first()
    editor.publish_record(place, street="via Nuova 1")
    report("edit a place", shows(one, "via Nuova 1", "en"))
    act = LegalReference.objects.get(locale=italian, number="1507")
    editor.publish_record(act, number="1508")
    report("edit an act", shows(programme, "1508"))

    image = get_image_model().objects.create(title="Door", file=picture("door.png", "red"))
    editor.publish(one, image=str(image.pk), image_alt="The entrance")
    report("show an image", shows(one, "/images/door.", "en"))
    editor.edit_image(image, picture("window.png", "blue"))
    report("replace an image", shows(one, "/images/window.", "en"))
    editor.delete_image(image)
    report("delete an image", shows_not(one, "/images/"))
    editor.edit_site(Site.objects.get(), port="8099")
    report("edit the site", lambda: _all_show(":8099/api/"))

    hour = timezone.localtime() + timedelta(seconds=3 * slowed())
    editor.publish(one, summary="Its hour has come", go_live_at=f"{hour:%Y-%m-%d %H:%M:%S}")
    assert shows_not(one, "Its hour has come")(), "published before its hour"
    report("publish at an hour", shows(one, "Its hour has come"), hour.replace(microsecond=0))
    hour = timezone.localtime() + timedelta(seconds=3 * slowed())
    editor.publish(three, expire_at=f"{hour:%Y-%m-%d %H:%M:%S}")
    assert not gone(three, "expired")(), "expired before its hour"
    report("expire at an hour", gone(three, "expired"), hour.replace(microsecond=0))
    for page in (*two.get_translations(), two):
        editor.delete(page)
    report("delete", gone(two, "deleted"))
