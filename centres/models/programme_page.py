"""The programme: what the centres are, statement by statement, so that no fact is typed twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from centres.blocks.activities import Stated
from centres.blocks.means import MeansStreamBlock
from cms.blocks.narrative import NarrativeStreamBlock
from cms.delivery.serving import DocumentMixin
from cms.fields import ContentStreamField, FormattedTextField
from cms.terms import TermsField
from cms.translation import PAGE_TEXT_FIELDS, TextFieldsMixin


class ProgrammePage(TextFieldsMixin, DocumentMixin, Page):
    """A programme of centres. The number of its centres is computed from those published."""

    alternate_name = models.CharField(
        _("other name"),
        max_length=255,
        blank=True,
        help_text=_("Another official name in use, such as that of the Region's acts."),
    )
    purpose = FormattedTextField(_("purpose"), blank=True)
    sharing = FormattedTextField(_("sharing experience"), blank=True)
    means = ContentStreamField(MeansStreamBlock(required=False), blank=True)
    management_note = FormattedTextField(_("who runs them"), blank=True)
    origin = FormattedTextField(
        _("how they were born"),
        blank=True,
        help_text=_("Cite acts with the citation button, so that the text follows them."),
    )
    network_note = FormattedTextField(_("network of services"), blank=True)
    objective = FormattedTextField(_("objective"), blank=True)
    service_forms = TermsField("centres.ServiceForm", verbose_name=_("forms of service"))
    audience_note = FormattedTextField(_("whom it is for"), blank=True)
    critical_moments = TermsField("centres.Audience", verbose_name=_("critical moments"))
    community_role = FormattedTextField(_("families as a resource"), blank=True)
    activity_types = TermsField("centres.ActivityType", verbose_name=_("possible activities"))
    access_direct = models.CharField(
        _("direct access"), max_length=10, choices=Stated.choices, default=Stated.NOT_STATED
    )
    access_free = models.CharField(
        _("free access"), max_length=10, choices=Stated.choices, default=Stated.NOT_STATED
    )
    access_note = FormattedTextField(_("how to get in"), blank=True)
    body = ContentStreamField(
        NarrativeStreamBlock(required=False), blank=True, verbose_name=_("more")
    )

    text_fields: ClassVar[tuple[str, ...]] = (
        *PAGE_TEXT_FIELDS,
        "purpose",
        "sharing",
        "means",
        "management_note",
        "origin",
        "network_note",
        "objective",
        "audience_note",
        "community_role",
        "access_note",
        "body",
    )
    subpage_types = ["centres.CentrePage", "centres.LegalReferencesPage"]
    template = "centres/programme_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("alternate_name"),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("means"),
                FieldPanel("sharing"),
                FieldPanel("objective"),
                FieldPanel("service_forms"),
            ],
            heading=_("What the centres are"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience_note"),
                FieldPanel("critical_moments"),
                FieldPanel("community_role"),
            ],
            heading=_("Whom they are for"),
        ),
        MultiFieldPanel(
            [FieldPanel("management_note"), FieldPanel("network_note"), FieldPanel("origin")],
            heading=_("Who runs them and since when"),
        ),
        InlinePanel("legal_basis", heading=_("Legal basis"), label=_("act")),
        InlinePanel("funding", heading=_("Funding"), label=_("funding source")),
        FieldPanel("activity_types"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("access_direct"), FieldPanel("access_free")]),
                FieldPanel("access_note"),
            ],
            heading=_("Access"),
        ),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("purpose"),
        index.SearchField("objective"),
        index.SearchField("body"),
    ]

    class Meta(Page.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
