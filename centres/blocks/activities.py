"""What a centre does: the one place where it is entered, and from which every list is derived."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from centres.blocks.hours import HoursStreamBlock
from cms.blocks import (
    AgeBlock,
    CodeBlock,
    DataBlock,
    DateBlock,
    FlagBlock,
    RecordChooserBlock,
    RichParagraphBlock,
    TextLineBlock,
    TimeBlock,
)
from cms.blocks.sources import SourceBlock
from cms.terms import TermsBlock


class Stated(models.TextChoices):
    """An answer that may be missing: a boolean would turn "not found" into "no"."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_STATED = "not_stated", _("not stated")


class StatedBlock(DataBlock, blocks.ChoiceBlock):
    choices = Stated.choices

    class Meta:
        default = Stated.NOT_STATED


class DatedMeetingBlock(blocks.StructBlock):
    """One date of an activity, with its times where they are known."""

    date = DateBlock(label=_("date"))
    starts = TimeBlock(label=_("from"), required=False)
    ends = TimeBlock(label=_("to"), required=False)

    class Meta:
        icon = "date"
        label = _("date")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        starts, ends = cleaned["starts"], cleaned["ends"]
        if ends and not starts:
            raise StructBlockValidationError(
                {"starts": ValidationError(_("An end needs a beginning."), code="no_start")}
            )
        if starts and ends and ends <= starts:
            raise StructBlockValidationError(
                {"ends": ValidationError(_("It ends before it begins."), code="ends_first")}
            )
        return cleaned


class ActivityBlock(blocks.StructBlock):
    """An activity of a centre."""

    types = TermsBlock("centres.ActivityType", label=_("types of activity"))
    title = TextLineBlock(label=_("title"), max_length=255)
    description = RichParagraphBlock(label=_("description"), required=False)
    audiences = TermsBlock("centres.Audience", label=_("audiences"), required=False)
    audience_note = TextLineBlock(label=_("for whom, in words"), required=False, max_length=255)
    age_from = AgeBlock(label=_("from age (years)"), required=False)
    age_to = AgeBlock(label=_("to age (years)"), required=False)
    place = RecordChooserBlock("centres.Place", label=_("where"), required=False)
    dates = blocks.ListBlock(DatedMeetingBlock(), label=_("single dates"), default=[])
    recurring = HoursStreamBlock(label=_("recurring"), required=False)
    when_note = TextLineBlock(label=_("when, in words"), required=False, max_length=255)
    booking = StatedBlock(label=_("booking needed"))
    booking_note = TextLineBlock(label=_("how to book"), required=False, max_length=255)
    free_of_charge = StatedBlock(label=_("free of charge"))
    accompanied = StatedBlock(label=_("with an adult"))
    contact_note = TextLineBlock(label=_("whom to ask"), required=False, max_length=255)
    note = TextLineBlock(label=_("note"), required=False, max_length=500)
    types_inferred = FlagBlock(
        label=_("types assigned by reading the description"),
        required=False,
        help_text=_("Not stated by a source: an editor confirms the types and unticks this."),
    )
    editor_note = CodeBlock(
        label=_("note for editors"), required=False, help_text=_("Never published.")
    )
    sources = blocks.ListBlock(SourceBlock(), label=_("sources"), default=[])

    class Meta:
        icon = "group"
        label = _("activity")
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        low, high = cleaned["age_from"], cleaned["age_to"]
        if low is not None and high is not None and high < low:
            raise StructBlockValidationError(
                {"age_to": ValidationError(_("The ages are the wrong way round."), code="ages")}
            )
        return cleaned


class ActivitiesStreamBlock(blocks.StreamBlock):
    """The activities of a centre."""

    activity = ActivityBlock()
