"""The seats of a centre: hub and spokes, each with its validity and its own hours."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin

from centres.blocks.hours import HoursStreamBlock
from cms.blocks.sources import SourcesStreamBlock
from cms.fields import ContentStreamField, PartialDateField, PhoneNumberField
from cms.rows import OrderedRow
from cms.translation import TextFieldsMixin


class SeatRole(models.TextChoices):
    HUB = "hub", _("hub")
    SPOKE = "spoke", _("spoke")
    VENUE = "venue", _("venue of activities")


class SeatStatus(models.TextChoices):
    PLANNED = "planned", _("planned")
    ACTIVE = "active", _("active")
    TEMPORARY = "temporary", _("temporary")
    ENDED = "ended", _("ended")


class Seat(TextFieldsMixin, TranslatableMixin, OrderedRow):
    """A place where a centre receives people, from a date on or until a date."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="seats")
    place = models.ForeignKey(
        "centres.Place", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=10, choices=SeatRole.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=SeatStatus.choices, default=SeatStatus.ACTIVE
    )
    valid_from = PartialDateField(_("valid from"))
    valid_to = PartialDateField(_("valid until"))
    operator = models.ForeignKey(
        "centres.Organisation",
        verbose_name=_("operator of this desk"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    phone = PhoneNumberField(_("telephone of this seat"), blank=True)
    phone_to_verify = models.BooleanField(
        _("telephone to be verified"),
        default=False,
        help_text=_("Known only from a newspaper or a blog: the page says so."),
    )
    hours = ContentStreamField(
        HoursStreamBlock(required=False), blank=True, verbose_name=_("hours")
    )
    audience_note = models.CharField(
        _("for whom"), max_length=255, blank=True, help_text=_("Such as: 11–21 years and families")
    )
    note = models.CharField(_("note"), max_length=255, blank=True)
    editor_note = models.CharField(
        _("note for editors"), max_length=255, blank=True, help_text=_("Never published.")
    )
    sources = ContentStreamField(SourcesStreamBlock(required=False), blank=True)

    text_fields: ClassVar[tuple[str, ...]] = ("audience_note", "note", "hours")
    panels = [
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_to_verify")]),
        FieldPanel("operator"),
        FieldPanel("audience_note"),
        FieldPanel("note"),
        FieldPanel("editor_note"),
        FieldPanel("sources"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")

    def __str__(self) -> str:
        return f"{self.place} ({self.get_role_display()})"

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to.last_day < self.valid_from.first_day:
            raise ValidationError({"valid_to": _("The seat ends before it begins.")})
