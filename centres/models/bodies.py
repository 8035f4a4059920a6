"""Who leads, supports and runs a centre, and who pays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.rows import OrderedRow


class BodyRole(models.TextChoices):
    LEAD = "lead", _("lead body")
    PARTNER = "partner", _("partner")
    OPERATOR = "operator", _("operator")


class CentreBody(OrderedRow):
    """A body's part in a centre: lead, partner, or operator of the whole."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(
        "centres.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=BodyRole.choices, default=BodyRole.PARTNER
    )

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")])]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class Funding(OrderedRow):
    """A source of money of a programme or a centre."""

    source = models.ForeignKey(
        "centres.FundingSource",
        verbose_name=_("funding source"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    panels = [FieldPanel("source")]

    class Meta(OrderedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.source)


class ProgrammeFunding(Funding):
    page = ParentalKey("centres.ProgrammePage", on_delete=models.CASCADE, related_name="funding")


class CentreFunding(Funding):
    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="funding")


class CentreComune(OrderedRow):
    """A comune that a centre serves."""

    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="comuni")
    comune = models.ForeignKey(
        "centres.Comune", verbose_name=_("comune"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("comune")]

    class Meta(OrderedRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "comune"], name="unique_comune_of_centre")
        ]

    def __str__(self) -> str:
        return str(self.comune)
