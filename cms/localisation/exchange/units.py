"""What a file of translations holds, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bs4 import BeautifulSoup
from django.db import models
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation


class ExchangeError(ValueError):
    """A file that cannot be read; its text tells the reader why."""


@dataclass(frozen=True)
class Unit:
    """A sentence at its place in an object, with the words that stand for it.

    ``path`` is wagtail-localize's name of the place, such as ``body.2f0c….paragraph``. ``source``
    and ``target`` are plain text or a piece of HTML in which links have only an ``id``; ``target``
    is empty where nothing is translated. ``title`` names the object for people. ``problem`` says
    why a file's line cannot be understood.
    """

    object_id: UUID
    path: str
    source: str
    target: str = ""
    title: str = ""
    problem: str = ""

    @property
    def place(self) -> tuple[UUID, str, str]:
        return self.object_id, self.path, self.source


@dataclass(frozen=True)
class Exchange:
    """The sentences of one or more objects in one pair of languages."""

    source_language: str
    language: str
    units: tuple[Unit, ...]


def normalised(html: str) -> str:
    """Return *html* in the one way to write it that wagtail-localize's own sentences have.

    >>> normalised("Q & A<br>&egrave;")
    'Q &amp; A<br/>è'
    """
    return str(BeautifulSoup(html, "html.parser"))


def exchange_of(
    translations: Iterable[Translation], locale: Locale, *, only_missing: bool = False
) -> Exchange:
    """Return the sentences of *translations*, all of them into *locale*, in order of the source.

    With *only_missing* those without words. Two queries, whatever their number.
    """
    sources = [translation.source_id for translation in translations]
    words = StringTranslation.objects.filter(
        translation_of_id=models.OuterRef("string_id"),
        context_id=models.OuterRef("context_id"),
        locale=locale,
        has_error=False,
    )
    segments = (
        StringSegment.objects.filter(source__in=sources)
        .annotate(words=models.Subquery(words.values("data")[:1]))
        .order_by("source__object_repr", "source_id", "order")
    )
    rows = segments.values_list(
        "source__object_id", "context__path", "string__data", "words", "source__object_repr"
    )
    units: dict[tuple[UUID, str, str], Unit] = {}
    for object_id, path, source, target, title in rows:
        unit = Unit(object_id, path, source, target or "", title)
        if not (only_missing and unit.target):
            # The same sentence twice at one place has one translation.
            units.setdefault(unit.place, unit)
    return Exchange(Locale.get_default().language_code, locale.language_code, tuple(units.values()))
