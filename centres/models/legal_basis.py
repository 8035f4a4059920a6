"""The acts that a programme or a centre rests on, each with its part in the story."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.rows import OrderedRow


class LegalBasisRole(models.TextChoices):
    FIRST_TRIAL = "first_trial", _("first trial")
    UPDATE = "update", _("update")
    IMPLEMENTATION = "implementation", _("implementation")
    GUIDELINE = "guideline", _("guideline")


class LegalBasis(OrderedRow):
    """One act of the legal basis. A row holds only data: it is copied to every language."""

    act = models.ForeignKey(
        "centres.LegalReference",
        verbose_name=_("act"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=20, choices=LegalBasisRole.choices)
    pinpoint = models.CharField(
        _("article"), max_length=100, blank=True, help_text=_("Such as: art. 19, c. 1")
    )

    panels = [FieldPanel("act"), FieldRowPanel([FieldPanel("role"), FieldPanel("pinpoint")])]

    class Meta(OrderedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.act} ({self.get_role_display()})"


class ProgrammeLegalBasis(LegalBasis):
    page = ParentalKey(
        "centres.ProgrammePage", on_delete=models.CASCADE, related_name="legal_basis"
    )


class CentreLegalBasis(LegalBasis):
    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="legal_basis")
