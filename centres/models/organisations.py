"""Bodies and districts: official names, the same in every language."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.fields import SafeURLField
from cms.records import OfficialRecord


class Sector(models.TextChoices):
    PUBLIC = "public", _("public")
    PRIVATE = "private", _("private")
    UNKNOWN = "unknown", _("not known")


class LegalForm(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    MOUNTAIN_COMMUNITY = "mountain_community", _("mountain community")
    SPECIAL_COMPANY = "special_company", _("special company of municipalities")
    HEALTH_BODY = "health_body", _("health body")
    FOUNDATION = "foundation", _("foundation")
    SOCIAL_COOPERATIVE = "social_cooperative", _("social cooperative")
    ASSOCIATION = "association", _("association")
    CHURCH_BODY = "church_body", _("church body")
    UNIVERSITY = "university", _("university")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("not known")


class NamedRecord(OfficialRecord):
    """An official record found by its name."""

    name = models.CharField(_("official name"), max_length=255)

    chooser_fields: ClassVar[tuple[str, ...]] = ("name",)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(NamedRecord):
    """A body that runs, supports or hosts centres. Its sector is apart from its legal form."""

    sector = models.CharField(
        _("sector"), max_length=10, choices=Sector.choices, default=Sector.UNKNOWN
    )
    legal_form = models.CharField(
        _("legal form"), max_length=20, choices=LegalForm.choices, default=LegalForm.UNKNOWN
    )
    website = SafeURLField(_("web site"), blank=True)

    chooser_fields = ("name", "sector", "legal_form")
    panels = [
        FieldPanel("name"),
        FieldPanel("sector"),
        FieldPanel("legal_form"),
        FieldPanel("website"),
    ]

    class Meta(NamedRecord.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class District(NamedRecord):
    """A social district (Ambito), the group of municipalities that plans services together."""

    panels = [FieldPanel("name")]

    class Meta(NamedRecord.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
