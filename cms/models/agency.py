"""The agency's identity: one record per site, read by every outlet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.fields import PhoneNumberField, SafeURLField


@register_setting(icon="home")
class AgencySettings(BaseSiteSetting):
    """Who answers for the site. Empty means unknown: the outlet leaves the row out."""

    name = models.CharField(_("official name"), max_length=255, blank=True)
    website = SafeURLField(_("web site"), blank=True)
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    certified_email = models.EmailField(_("certified e-mail (PEC)"), blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    accessibility_email = models.EmailField(
        _("mailbox for reports of inaccessibility"),
        blank=True,
        help_text=_("Read by the office of the person responsible for the digital transition."),
    )
    data_protection_email = models.EmailField(_("data protection officer"), blank=True)
    accessibility_declaration = SafeURLField(
        _("accessibility declaration"),
        blank=True,
        help_text=_("Its address on form.agid.gov.it, where alone it is drawn up."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy notice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    legal_notes_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("legal notes and licence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    licence_url = SafeURLField(_("licence of the contents"), blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("website"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("town")]),
            ],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("certified_email"),
                FieldPanel("tax_code"),
            ],
            heading=_("Contacts"),
        ),
        MultiFieldPanel(
            [FieldPanel("accessibility_email"), FieldPanel("accessibility_declaration")],
            heading=_("Accessibility"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("data_protection_email"),
                PageChooserPanel("privacy_page"),
                PageChooserPanel("legal_notes_page"),
                FieldPanel("licence_url"),
            ],
            heading=_("Privacy and legal notes"),
        ),
    ]

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name
