"""A centre: a project of a district with a lead body, partners, and one or more seats."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail.search import index

from centres.blocks.activities import ActivitiesStreamBlock
from centres.blocks.hours import HoursStreamBlock
from cms.blocks.narrative import NarrativeStreamBlock
from cms.blocks.sources import SourcesStreamBlock
from cms.delivery.serving import DocumentMixin
from cms.fields import ContentStreamField
from cms.translation import PAGE_TEXT_FIELDS, TextFieldsMixin


class Management(models.TextChoices):
    PUBLIC = "public", _("public body")
    PRIVATE = "private", _("private body")
    UNKNOWN = "unknown", _("not known")


class CentreStatus(models.TextChoices):
    OPEN = "open", _("open")
    TEMPORARILY_CLOSED = "temporarily_closed", _("temporarily closed")
    CLOSED = "closed", _("closed for good")


class CentrePage(TextFieldsMixin, DocumentMixin, Page):
    """A family centre. Its title is an official name: data in every language."""

    summary = models.TextField(_("in one or two sentences"), blank=True, max_length=500)
    management = models.CharField(
        _("run by"), max_length=10, choices=Management.choices, default=Management.UNKNOWN
    )
    district = models.ForeignKey(
        "centres.District",
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    comuni_complete = models.BooleanField(
        _("the list of comuni is complete"),
        default=False,
        help_text=_("Ticked only when every comune served is listed."),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=CentreStatus.choices, default=CentreStatus.OPEN
    )
    alert = models.TextField(
        _("notice"), blank=True, max_length=500, help_text=_("Shown on top of the page.")
    )
    hours = ContentStreamField(
        HoursStreamBlock(required=False), blank=True, verbose_name=_("hours of the centre")
    )
    activities = ContentStreamField(
        ActivitiesStreamBlock(required=False), blank=True, verbose_name=_("activities")
    )
    body = ContentStreamField(
        NarrativeStreamBlock(required=False), blank=True, verbose_name=_("more")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(_("alternative text of the image"), max_length=255, blank=True)
    image_decorative = models.BooleanField(_("the image is decorative"), default=False)
    sources = ContentStreamField(
        SourcesStreamBlock(required=False), blank=True, verbose_name=_("sources")
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "centres.Organisation",
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    review_on = models.DateField(
        _("to be reviewed on"), null=True, blank=True, help_text=_("Never published.")
    )

    text_fields: ClassVar[tuple[str, ...]] = (
        *(name for name in PAGE_TEXT_FIELDS if name not in {"title", "slug"}),
        "summary",
        "alert",
        "hours",
        "activities",
        "body",
        "image_alt",
    )
    parent_page_types = ["centres.ProgrammePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "centres/centre_page.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("alert")], heading=_("Status")),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("image_decorative")],
            heading=_("Image"),
            classname="collapsed",
        ),
        FieldPanel("body"),
    ]
    seat_panels = [
        InlinePanel("seats", heading=_("Seats"), label=_("seat")),
        FieldPanel("hours"),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
    ]
    activity_panels = [FieldPanel("activities")]
    facts_panels = [
        FieldRowPanel([FieldPanel("management"), FieldPanel("district")]),
        InlinePanel("bodies", heading=_("Bodies"), label=_("body")),
        MultiFieldPanel(
            [InlinePanel("comuni", label=_("comune")), FieldPanel("comuni_complete")],
            heading=_("Comuni served"),
        ),
        InlinePanel("legal_basis", heading=_("Legal basis"), label=_("act")),
        InlinePanel("funding", heading=_("Funding"), label=_("funding source")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("verified_on"), FieldPanel("verified_by")]),
                FieldPanel("review_on"),
                FieldPanel("sources"),
            ],
            heading=_("Sources and verification"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Centre")),
            ObjectList(seat_panels, heading=_("Seats, hours, contacts")),
            ObjectList(activity_panels, heading=_("Activities")),
            ObjectList(facts_panels, heading=_("Bodies and facts")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("activities"),
        index.SearchField("body"),
    ]

    class Meta(Page.Meta):
        verbose_name = _("centre")
        verbose_name_plural = _("centres")

    def clean(self) -> None:
        super().clean()
        if self.status != CentreStatus.OPEN and not self.alert:
            raise ValidationError({"alert": _("Say why the centre is closed, and until when.")})
        if self.image and not self.image_alt and not self.image_decorative:
            raise ValidationError({"image_alt": _("Describe the image, or mark it as decorative.")})
