"""Acts and their relations. The citation is computed from what is known of an act."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from centres.act_relations import ActRelation
from centres.citations import ActType, Citation
from centres.forms import LegalReferenceForm
from centres.models.act_relation_checks import act_relation_errors
from cms.fields import PartialDateField, SafeURLField
from cms.records import TranslatedRecord
from cms.rows import OrderedRow


class Force(models.TextChoices):
    IN_FORCE = "in_force", _("in force")
    PARTLY = "partly_in_force", _("partly in force")
    NOT_IN_FORCE = "not_in_force", _("no longer in force")
    UNKNOWN = "unknown", _("not known")


class LegalReference(TranslatedRecord, ClusterableModel):
    """An act: what is known of it, and nothing more.

    The title is an official name; the short description (gloss) is translated.
    """

    act_type = models.CharField(_("type of act"), max_length=30, choices=ActType.choices)
    issuer = models.CharField(_("issuer"), max_length=255)
    legislature = models.CharField(
        _("legislature"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^[IVXLC]+\Z", _("A Roman numeral, such as XII."))],
        help_text=_("Resolution numbers start again in each legislature of the Region."),
    )
    number = models.CharField(
        _("number"),
        max_length=20,
        validators=[RegexValidator(r"^[0-9]+(/[0-9A-Za-z]+)?\Z", _("Digits, such as 1507."))],
    )
    year = models.PositiveSmallIntegerField(_("year"))
    date = PartialDateField(_("date"))
    title = models.TextField(_("official title"), blank=True)
    summary = models.TextField(_("in plain words"), blank=True)
    published_in = models.CharField(
        _("published in"), max_length=255, blank=True, help_text=_("The issue of BURL or GU.")
    )
    urn = models.CharField(
        _("URN:NIR"),
        max_length=255,
        blank=True,
        validators=[RegexValidator(r"^urn:nir:", _("It starts with urn:nir:"))],
    )
    eli = SafeURLField(_("ELI address"), blank=True)
    url = SafeURLField(_("address of the text"), blank=True)
    force = models.CharField(
        _("in force"), max_length=20, choices=Force.choices, default=Force.UNKNOWN
    )
    source = SafeURLField(_("source"), blank=True, help_text=_("Where these facts were read."))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    base_form_class = LegalReferenceForm
    text_fields: ClassVar[tuple[str, ...]] = ("summary",)
    chooser_fields: ClassVar[tuple[str, ...]] = (
        "act_type",
        "legislature",
        "number",
        "year",
        "date",
        "issuer",
    )
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("act_type"), FieldPanel("legislature")]),
                FieldRowPanel([FieldPanel("number"), FieldPanel("year"), FieldPanel("date")]),
                FieldPanel("issuer"),
            ],
            heading=_("Act"),
        ),
        FieldPanel("title"),
        FieldPanel("summary"),
        InlinePanel("relations", heading=_("Relations"), label=_("relation")),
        MultiFieldPanel(
            [
                FieldPanel("force"),
                FieldPanel("published_in"),
                FieldPanel("urn"),
                FieldPanel("eli"),
                FieldPanel("url"),
                FieldRowPanel([FieldPanel("source"), FieldPanel("checked_on")]),
            ],
            heading=_("Text and sources"),
        ),
    ]
    search_fields = [
        index.SearchField("citation_text"),
        index.AutocompleteField("citation_text"),
        index.SearchField("title"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatedRecord.Meta):
        verbose_name = _("legal reference")
        verbose_name_plural = _("legal references")
        ordering = ["year", "date", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act_type", "issuer", "legislature", "number", "year", "locale"],
                name="unique_act_per_locale",
            )
        ]

    def __str__(self) -> str:
        return self.citation.short()

    @property
    def citation(self) -> Citation:
        return Citation(
            act_type=ActType(self.act_type),
            issuer=self.issuer,
            legislature=self.legislature,
            number=self.number,
            year=self.year,
            date=self.date,
        )

    @property
    def citation_text(self) -> str:
        """Both forms, for search by number or by date."""
        return f"{self.citation.short()} {self.citation.full()}"

    def clean(self) -> None:
        super().clean()
        if self.date and self.year and self.date.year != self.year:
            raise ValidationError({"date": _("The date lies in another year than the act.")})


class LegalRelation(OrderedRow):
    """A typed relation from an act to another, with the name that the ELI ontology gives it.

    Stored one way; the inverse is computed.
    """

    act = ParentalKey(LegalReference, on_delete=models.CASCADE, related_name="relations")
    relation = models.CharField(_("relation"), max_length=20, choices=ActRelation.choices)
    target = models.ForeignKey(
        LegalReference,
        verbose_name=_("act"),
        on_delete=models.PROTECT,
        related_name="inverse_relations",
    )

    panels = [FieldRowPanel([FieldPanel("relation"), FieldPanel("target")])]

    class Meta(OrderedRow.Meta):
        verbose_name = _("relation between acts")
        verbose_name_plural = _("relations between acts")
        constraints = [
            models.UniqueConstraint(
                fields=["act", "relation", "target"], name="unique_relation_between_acts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.get_relation_display()} {self.target}"

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = act_relation_errors(self)
        if errors:
            raise ValidationError(errors)
