"""Reads a file of translations in: every line is reported, and an error changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, extract_ids, validate_translation_links

from cms.localisation.checking import warnings
from cms.localisation.exchange.units import Exchange, Unit, normalised
from cms.localisation.glossary import glossary_of
from cms.localisation.languages import may_translate

Outcome = Literal["new", "changed", "same", "empty", "error"]


@dataclass(frozen=True)
class Line:
    """What becomes of one sentence of a file; ``problem`` says why it cannot be read in.

    ``warnings`` name what its words should have in common with the source; they refuse nothing.
    """

    number: int
    unit: Unit
    outcome: Outcome
    problem: str = ""
    segment: StringSegment | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a file would do, or has done. It was applied only where no line has an error."""

    lines: tuple[Line, ...]
    problem: str = ""
    applied: bool = False

    @property
    def has_errors(self) -> bool:
        return bool(self.problem) or any(line.outcome == "error" for line in self.lines)

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome == outcome for line in self.lines)


def read_in(
    exchange: Exchange,
    locale: Locale,
    user: Any,
    *,
    only: Collection[UUID] | None = None,
    apply: bool = True,
) -> Report:
    """Read *exchange* in as the words of *user* in *locale*; *only* these objects are expected.

    Nothing is published. Empty words leave what is there. Without *apply* nothing is written.
    """
    if problem := _languages_problem(exchange, locale):
        return Report((), problem)
    lines = tuple(_Plan(exchange, locale, user, only).lines())
    report = Report(lines, "" if lines else _("The file holds no sentence."))
    if report.has_errors or not apply:
        return report
    with transaction.atomic():
        for line in lines:
            if line.outcome in ("new", "changed"):
                _write(line, locale, user)
    return Report(lines, applied=True)


def _languages_problem(exchange: Exchange, locale: Locale) -> str:
    if exchange.language.casefold() != locale.language_code.casefold():
        return _("The file is in “%(found)s”, and not in “%(wanted)s”.") % {
            "found": exchange.language,
            "wanted": locale.language_code,
        }
    source = Locale.get_default().language_code
    if exchange.source_language.casefold() != source.casefold():
        return _("The file is translated from “%(found)s”, and not from “%(wanted)s”.") % {
            "found": exchange.source_language,
            "wanted": source,
        }
    return ""


class _Plan:
    """Compares a file with what is stored, in four queries."""

    def __init__(
        self, exchange: Exchange, locale: Locale, user: Any, only: Collection[UUID] | None
    ) -> None:
        self.units = exchange.units
        self.user = user
        self.only = only
        objects = {unit.object_id for unit in self.units}
        translations = Translation.objects.filter(
            source__object_id__in=objects, target_locale=locale, enabled=True
        ).select_related("source", "target_locale")
        self.translations = {item.source.object_id: item for item in translations}
        segments = StringSegment.objects.filter(
            source__in=[item.source_id for item in self.translations.values()]
        ).select_related("context", "string", "source")
        self.segments = {
            (row.source.object_id, row.context.path, row.string.data): row for row in segments
        }
        words = StringTranslation.objects.filter(locale=locale, context__object_id__in=objects)
        self.words = {
            (row.translation_of_id, row.context_id): row.data for row in words if not row.has_error
        }
        self.glossary = glossary_of(locale)
        self.permitted: dict[UUID, bool] = {}
        self.seen: dict[tuple[UUID, str, str], str] = {}

    def lines(self) -> list[Line]:
        return [self._line(number, unit) for number, unit in enumerate(self.units, start=1)]

    def _line(self, number: int, unit: Unit) -> Line:
        segment = self.segments.get(unit.place)
        problem = self._problem(unit, segment)
        if problem:
            return Line(number, unit, "error", problem)
        if not unit.target.strip():
            return Line(number, unit, "empty", segment=segment)
        assert segment is not None  # noqa: S101 (else there is a problem)
        known = self.words.get((segment.string_id, segment.context_id))
        outcome: Outcome = "new" if known is None else "changed"
        if known is not None and normalised(known) == normalised(unit.target):
            outcome = "same"
        told = tuple(warnings(unit.source, unit.target, unit.path, self.glossary))
        return Line(number, unit, outcome, segment=segment, warnings=told)

    def _problem(self, unit: Unit, segment: StringSegment | None) -> str:
        if self.only is not None and unit.object_id not in self.only:
            return _("The file is for another page: “%(title)s”.") % {
                "title": unit.title or unit.object_id
            }
        if unit.problem:
            return unit.problem
        translation = self.translations.get(unit.object_id)
        if translation is None:
            return _("“%(title)s” is not translated into this language.") % {
                "title": unit.title or unit.object_id
            }
        if not self._may_translate(translation):
            return _("You may not translate “%(title)s” into this language.") % {
                "title": unit.title or unit.object_id
            }
        if segment is None:
            return _("The sentence is no longer there: the source changed after the file was made.")
        if self.seen.setdefault(unit.place, unit.target) != unit.target:
            return _("The sentence stands twice in the file, with different words.")
        return _words_problem(unit)

    def _may_translate(self, translation: Translation) -> bool:
        key = translation.source.object_id
        if key not in self.permitted:
            self.permitted[key] = may_translate(self.user, translation)
        return self.permitted[key]


def _words_problem(unit: Unit) -> str:
    """Return what is wrong with the words themselves."""
    if not unit.target.strip():
        return ""
    if "\0" in unit.target:
        return _("The words hold a character that cannot be stored.")
    try:
        StringValue.from_translated_html(unit.target)
        validate_translation_links(unit.source, unit.target)
    except ValueError as error:
        return str(error)
    except RecursionError:
        return _("Tags stand in one another too deeply.")
    lost = extract_ids(unit.source) - extract_ids(unit.target)
    if lost:
        return _("A link or a citation of the source is missing: %(ids)s.") % {
            "ids": ", ".join(sorted(lost))
        }
    return ""


def _write(line: Line, locale: Locale, user: Any) -> None:
    segment = line.segment
    assert segment is not None  # noqa: S101 (only lines with one are written)
    StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        locale=locale,
        context_id=segment.context_id,
        defaults={
            "data": line.unit.target,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
