"""Hours as editors compose them. ``centres.hours`` computes everything that is shown of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from centres.hours import (
    ByAppointment,
    Closure,
    HoursKind,
    HoursRule,
    MonthlyHours,
    Weekday,
    WeeklyHours,
    validate,
)
from cms.blocks import DataBlock, DateBlock, TextLineBlock, TimeBlock

NTHS = [
    ("1", _("first")),
    ("2", _("second")),
    ("3", _("third")),
    ("4", _("fourth")),
    ("-1", _("last")),
]


class KindBlock(DataBlock, blocks.ChoiceBlock):
    """Which hours these are; only those of the desk make a centre open."""

    choices = HoursKind.choices

    class Meta:
        label = _("kind")
        default = HoursKind.DESK


class DaysBlock(DataBlock, blocks.MultipleChoiceBlock):
    """Days of the week, Monday first."""

    choices = Weekday.choices

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(**kwargs)


class DayBlock(DataBlock, blocks.ChoiceBlock):
    choices = Weekday.choices


class NthsBlock(DataBlock, blocks.MultipleChoiceBlock):
    choices = NTHS

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(**kwargs)


class WeeklyHoursBlock(blocks.StructBlock):
    """The same hours every week; days without times say only that somebody is there."""

    kind = KindBlock()
    days = DaysBlock(label=_("days"))
    opens = TimeBlock(label=_("from"), required=False)
    closes = TimeBlock(label=_("to"), required=False)

    class Meta:
        icon = "time"
        label = _("every week")


class MonthlyHoursBlock(blocks.StructBlock):
    """Hours on certain weekdays of the month, such as the second and fourth Tuesday."""

    kind = KindBlock()
    nths = NthsBlock(label=_("which of the month"))
    weekday = DayBlock(label=_("day"))
    opens = TimeBlock(label=_("from"), required=False)
    closes = TimeBlock(label=_("to"), required=False)

    class Meta:
        icon = "calendar-alt"
        label = _("certain weeks of the month")


class ByAppointmentBlock(blocks.StructBlock):
    kind = KindBlock()
    note = TextLineBlock(label=_("note"), required=False, max_length=255)

    class Meta:
        icon = "calendar-check"
        label = _("by appointment")


class ClosureBlock(blocks.StructBlock):
    """Days on which nobody is there, first and last included."""

    first = DateBlock(label=_("first day"))
    last = DateBlock(label=_("last day"))
    reason = TextLineBlock(label=_("reason"), required=False, max_length=255)

    class Meta:
        icon = "cross"
        label = _("closure")


class HoursStreamBlock(blocks.StreamBlock):
    """All hours of a seat or a centre, validated together: ranges must not overlap."""

    weekly = WeeklyHoursBlock()
    monthly = MonthlyHoursBlock()
    by_appointment = ByAppointmentBlock()
    closure = ClosureBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        problems = validate(hours_rules(cleaned))
        if problems:
            errors: dict[int, dict[str, ValidationError]] = {}
            for problem in problems:
                fields = errors.setdefault(problem.index, {})
                fields[problem.field] = ValidationError(str(problem.message), code=problem.code)
            raise StreamBlockValidationError(
                block_errors={
                    index: StructBlockValidationError(block_errors=fields)
                    for index, fields in errors.items()
                },
                non_block_errors=ErrorList(),
            )
        return cleaned


def hours_rules(stream: Any) -> list[HoursRule]:
    """Return the rules that a stream value of :class:`HoursStreamBlock` states, in its order."""
    return [RULES[child.block_type](child.value) for child in stream or ()]


def _weekly(value: Any) -> WeeklyHours:
    return WeeklyHours(
        kind=HoursKind(value["kind"]),
        days=tuple(Weekday(day) for day in value["days"]),
        opens=value["opens"],
        closes=value["closes"],
    )


def _monthly(value: Any) -> MonthlyHours:
    return MonthlyHours(
        kind=HoursKind(value["kind"]),
        nths=tuple(int(nth) for nth in value["nths"]),
        weekday=Weekday(value["weekday"]),
        opens=value["opens"],
        closes=value["closes"],
    )


def _by_appointment(value: Any) -> ByAppointment:
    return ByAppointment(kind=HoursKind(value["kind"]), note=value["note"] or "")


def _closure(value: Any) -> Closure:
    return Closure(first=value["first"], last=value["last"], reason=value["reason"] or "")


RULES: dict[str, Callable[[Any], HoursRule]] = {
    "weekly": _weekly,
    "monthly": _monthly,
    "by_appointment": _by_appointment,
    "closure": _closure,
}
"""How the block of each name states a rule."""
