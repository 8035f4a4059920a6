"""Places: where a centre receives people, most often in somebody else's building."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.records import TranslatedRecord


class PointPrecision(models.TextChoices):
    EXACT = "exact", _("exact")
    COMUNE = "comune", _("centre of the comune")
    UNKNOWN = "unknown", _("not known")


class Place(TranslatedRecord):
    """A building or room. Its name, host and street are official names and never translated."""

    name = models.CharField(_("name"), max_length=255)
    host = models.CharField(
        _("host"),
        max_length=255,
        blank=True,
        help_text=_("Whose building it is, such as a library or a parish."),
    )
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    comune = models.ForeignKey(
        "centres.Comune",
        verbose_name=_("comune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
    )
    postal_code = models.CharField(
        _("postal code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}\Z", _("A postal code has five digits."))],
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    accessibility = models.TextField(
        _("accessibility of the building"),
        blank=True,
        help_text=_("Steps, ramp, lift, toilet, parking: what a person on wheels must know."),
    )
    directions = models.TextField(_("how to get there"), blank=True)

    text_fields: ClassVar[tuple[str, ...]] = ("accessibility", "directions")
    chooser_fields: ClassVar[tuple[str, ...]] = ("name", "host", "street", "comune", "postal_code")
    panels = [
        FieldPanel("name"),
        FieldPanel("host"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("comune"), FieldPanel("postal_code")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Address"),
        ),
        FieldPanel("accessibility"),
        FieldPanel("directions"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("host"),
        index.SearchField("street"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatedRecord.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.street, self.comune and self.comune.name) if part)
        return f"{self.name} – {where}" if where else self.name

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: _("A point needs a latitude and a longitude.")})
        known = self.comune.postal_codes if self.comune else []
        if self.postal_code and known and self.postal_code not in known:
            raise ValidationError(
                {
                    "postal_code": _("%(comune)s has no postal code %(code)s.")
                    % {"comune": self.comune, "code": self.postal_code}
                }
            )

    @property
    def point_precision(self) -> str:
        """``exact`` for a point set by hand, ``comune`` where only its centroid is known."""
        if self.latitude is not None:
            return PointPrecision.EXACT
        if self.comune and self.comune.latitude is not None:
            return PointPrecision.COMUNE
        return PointPrecision.UNKNOWN
