"""The form of a rating, whichever of its two steps it comes from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.ratings.answers import POSITIVE_FROM, STARS, answers_to
from feedback.ratings.models import COMMENT_LENGTH
from feedback.ratings.storing import Said

NOT_ASKED = _("Choose one of the answers.")


class RatingForm(forms.Form):
    """Each question has a field of its own: what was chosen for the other one is left aside.

    ``nickname`` is hidden from people: only a program fills it in.
    """

    stars = forms.TypedChoiceField(
        coerce=int,
        choices=[(number, str(number)) for number in STARS],
        error_messages={
            "required": _("Choose from one to five stars."),
            "invalid_choice": _("Choose from one to five stars."),
        },
    )
    negative = forms.CharField(required=False, max_length=30)
    positive = forms.CharField(required=False, max_length=30)
    comment = forms.CharField(required=False)
    nickname = forms.CharField(required=False)

    def clean_comment(self) -> str:
        comment = str(self.cleaned_data["comment"]).replace("\r\n", "\n")
        if len(comment) > COMMENT_LENGTH:
            raise forms.ValidationError(
                _("Write %(most)s characters at most. You have written %(number)s."),
                params={"most": COMMENT_LENGTH, "number": len(comment)},
            )
        return comment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if stars := cleaned.get("stars"):
            field = "positive" if stars >= POSITIVE_FROM else "negative"
            answer = cleaned.get(field, "")
            if answer and answer not in answers_to(stars):
                self.add_error(field, NOT_ASKED)
            cleaned["answer"] = answer
        return cleaned

    def said(self) -> Said:
        """Return what a valid form says."""
        found = self.cleaned_data
        return Said(found["stars"], found["answer"], found["comment"])

    def is_from_a_program(self) -> bool:
        return bool(self.data.get("nickname"))
