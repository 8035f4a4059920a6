"""Municipalities: reference data of ISTAT, not content."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Comune(models.Model):
    """A municipality by its ISTAT code; a centroid for distances where its source knows one."""

    istat_code = models.CharField(
        _("ISTAT code"),
        max_length=6,
        primary_key=True,
        validators=[RegexValidator(r"^\d{6}\Z", _("An ISTAT code has six digits."))],
    )
    name = models.CharField(_("name"), max_length=100)
    province = models.CharField(_("province"), max_length=100)
    province_code = models.CharField(_("province code"), max_length=2, db_index=True)
    cadastral_code = models.CharField(_("cadastral code"), max_length=4, unique=True)
    postal_codes = models.JSONField(_("postal codes"), default=list)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )

    class Meta:
        verbose_name = _("comune")
        verbose_name_plural = _("comuni")
        ordering = ["name", "istat_code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.province_code})"
