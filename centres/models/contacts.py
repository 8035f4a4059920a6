"""Telephone numbers and addresses at which people answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin

from cms.phone_numbers import normalise_phone_number, phone_uri
from cms.rows import OrderedRow
from cms.translation import TextFieldsMixin


class ContactKind(models.TextChoices):
    PHONE = "phone", _("telephone")
    EMAIL = "email", _("e-mail")
    CERTIFIED_EMAIL = "certified_email", _("certified e-mail (PEC)")
    WEBSITE = "website", _("web site")


class Contact(TextFieldsMixin, TranslatableMixin, OrderedRow):
    """One way to reach somebody. The value is data; the note beside it is language."""

    kind = models.CharField(_("kind"), max_length=20, choices=ContactKind.choices)
    value = models.CharField(_("number or address"), max_length=255)
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("Such as: mornings only")
    )
    to_verify = models.BooleanField(
        _("to be verified"),
        default=False,
        help_text=_("Known only from a newspaper or a blog: the page says so."),
    )

    text_fields: ClassVar[tuple[str, ...]] = ("note",)
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]),
        FieldPanel("note"),
        FieldPanel("to_verify"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "pk"]
        abstract = True

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        super().clean()
        try:
            self.value = _cleaned(self.kind, self.value)
        except ValidationError as error:
            raise ValidationError({"value": error}) from error

    @property
    def uri(self) -> str:
        """The ``tel:``, ``mailto:`` or ``https:`` link of this contact."""
        return contact_uri(self.kind, self.value)


def _cleaned(kind: str, value: Any) -> str:
    text = str(value).strip()
    if kind == ContactKind.PHONE:
        return normalise_phone_number(text)
    if kind == ContactKind.WEBSITE:
        URLValidator(schemes=["http", "https"])(text)
    elif kind in {ContactKind.EMAIL, ContactKind.CERTIFIED_EMAIL}:
        EmailValidator()(text)
    return text


def contact_uri(kind: str, value: str) -> str:
    """Return the link that reaches a stored contact."""
    if kind == ContactKind.PHONE:
        return phone_uri(value)
    if kind == ContactKind.WEBSITE:
        return value
    return f"mailto:{value}"


class ProgrammeContact(Contact):
    page = ParentalKey("centres.ProgrammePage", on_delete=models.CASCADE, related_name="contacts")


class CentreContact(Contact):
    page = ParentalKey("centres.CentrePage", on_delete=models.CASCADE, related_name="contacts")
