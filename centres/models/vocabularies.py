"""The vocabularies: what centres may do, in which form, and for whom."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.records import TranslatedRecord

code_validator = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("A code has small letters, digits and single hyphens.")
)


class Term(TranslatedRecord):
    """A term with a stable code, which portals may rely on, and a name in each language."""

    code = models.CharField(_("code"), max_length=60, validators=[code_validator])
    name = models.CharField(_("name"), max_length=255)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    text_fields: ClassVar[tuple[str, ...]] = ("name",)
    chooser_fields: ClassVar[tuple[str, ...]] = ("name", "code")
    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("sort_order")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatedRecord.Meta):
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class ActivityType(Term):
    """One of the activities that a centre may carry out; the Region's guidelines name ten."""

    class Meta(Term.Meta):
        verbose_name = _("activity type")
        verbose_name_plural = _("activity types")


class ServiceForm(Term):
    """A form in which centres help, such as a self-help group or a time bank."""

    class Meta(Term.Meta):
        verbose_name = _("form of service")
        verbose_name_plural = _("forms of service")


class AudienceKind(models.TextChoices):
    LIFE_STAGE = "life_stage", _("stage of life")
    CONDITION = "condition", _("condition")
    CRITICAL_MOMENT = "critical_moment", _("critical moment")
    ROLE = "role", _("role")


class Audience(Term):
    """For whom a centre or an activity is meant."""

    kind = models.CharField(_("kind"), max_length=20, choices=AudienceKind.choices)

    chooser_fields = (*Term.chooser_fields, "kind")
    panels = [FieldPanel("name"), FieldPanel("kind"), *Term.panels[1:]]

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
