"""What officers fill in, one form for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.reports.models import ReportKind, ReportStatus
from feedback.reports.officers.access import officers
from feedback.reports.term import today

MAX_TEXT = 20_000


def words(label: Any, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": rows})
    )


class AssignForm(forms.Form):
    officer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Officer"), queryset=None, required=False, empty_label=_("nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers()  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    text = words(_("Note"), 3)


class ProtocolForm(forms.Form):
    number = forms.CharField(label=_("Protocol number"), max_length=60)
    on = forms.DateField(
        label=_("Protocol date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return on


class AnswerForm(forms.Form):
    text = words(_("Text of the answer"), 8)


class ForwardForm(forms.Form):
    recipient = forms.EmailField(label=_("E-mail of the other office"), max_length=254)
    text = words(_("Message"), 4)


class CloseForm(forms.Form):
    text = words(_("Reason"), 3)


class EraseForm(forms.Form):
    number = forms.CharField(label=_("Number of the report"), max_length=20)


class Choice(forms.Form):
    """What of the reports is listed; open ones unless something else is chosen."""

    q = forms.CharField(label=_("Number, name, e-mail or words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", pgettext_lazy("which reports are listed", "open")),
            ("overdue", pgettext_lazy("which reports are listed", "late")),
            *ReportStatus.choices,
            ("all", pgettext_lazy("which reports are listed", "all")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Kind of report"),
        required=False,
        choices=[("", pgettext_lazy("which reports are listed", "all")), *ReportKind.choices],
    )
    whose = forms.ChoiceField(
        label=_("Assigned to"),
        required=False,
        choices=[
            ("", pgettext_lazy("which reports are listed", "all")),
            ("mine", _("me")),
            ("nobody", _("nobody")),
        ],
    )
    since = forms.DateField(
        label=_("Received since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Received until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
