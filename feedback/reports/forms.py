"""What a citizen fills in. Everything is checked at each step, the last one included."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from feedback.reports.attachments import ACCEPT
from feedback.reports.models import AccessibilityReport, ReportKind
from feedback.reports.reported_page import MAX_ADDRESS

MAX_DESCRIPTION = 5000
TRAP = "website"
"""A field that people do not see: programs fill it in."""


def most(field: str) -> int:
    """Return how many characters the table holds of *field*."""
    found = AccessibilityReport._meta.get_field(field)
    return int(getattr(found, "max_length", None) or MAX_DESCRIPTION)


class PlainForm(forms.Form):
    """A form whose errors are the server's: browsers' own bubbles go away and are not read out."""

    use_required_attribute = False
    required_css_class = "fc-required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "report-%s")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse control characters, which no table of PostgreSQL and no mail takes."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and any(_is_control(letter) for letter in value):
                self.add_error(
                    name, _("This text holds characters that cannot be read. Remove them.")
                )
        return cleaned


def _is_control(letter: str) -> bool:
    return (ord(letter) < 32 and letter not in "\t\n\r") or 0x7F <= ord(letter) < 0xA0


class LongTextField(forms.CharField):
    """Text of many lines. Browsers send each line break as two characters, which count as one."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class PrivacyForm(PlainForm):
    privacy = forms.BooleanField(
        label=gettext_lazy("I have read the privacy notice"),
        error_messages={
            "required": gettext_lazy("Confirm that you have read the privacy notice to go on.")
        },
    )


class ReportForm(PlainForm):
    """The report. An e-mail address is needed only where a reply is wanted."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to report?"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you want to report.")},
    )
    page = forms.CharField(
        label=gettext_lazy("Address of the page"),
        max_length=MAX_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "dir": "ltr"}),
        help_text=gettext_lazy("Copy it from the address bar, or write which page you mean."),
        error_messages={"required": gettext_lazy("Write which page you mean.")},
    )
    part_of_page = forms.CharField(
        label=gettext_lazy("Part of the page"),
        required=False,
        max_length=most("part_of_page"),
        help_text=gettext_lazy("For example: the menu, a table, a document to download."),
    )
    description = LongTextField(
        label=gettext_lazy("Description"),
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "What did you want to do, and what happened? Up to 5000 characters."
        ),
        error_messages={"required": gettext_lazy("Describe what you want to report.")},
    )
    assistive_technology = forms.CharField(
        label=gettext_lazy("Assistive technology"),
        required=False,
        max_length=most("assistive_technology"),
        help_text=gettext_lazy("For example: a screen reader, a magnifier, voice control."),
    )
    browser = forms.CharField(
        label=gettext_lazy("Browser and system"), required=False, max_length=most("browser")
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=most("name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=most("email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        help_text=gettext_lazy(
            "Needed for a reply by e-mail: the receipt and the answer are sent to it."
        ),
        error_messages={"invalid": gettext_lazy("Write an address such as name@example.org.")},
    )
    no_reply = forms.BooleanField(
        label=gettext_lazy("I do not want a reply by e-mail"), required=False
    )
    website = forms.CharField(
        label=pgettext_lazy("a field that is a trap for programs", "Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("email") and not cleaned.get("no_reply") and "email" not in self.errors:
            self.add_error(
                "email",
                _("Write your e-mail address, or tick that you do not want a reply by e-mail."),
            )
        return cleaned


class FileForm(PlainForm):
    """The file beside the data: it cannot be carried by the form, so it is kept apart."""

    attachment = forms.FileField(
        label=gettext_lazy("Attachment"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy("One file of up to 5 MB: PDF, PNG, JPEG, plain text or HTML."),
    )
    remove = forms.BooleanField(label=gettext_lazy("Remove the attachment"), required=False)
