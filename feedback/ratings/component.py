"""The component as templates show it: its texts, and what is chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, override

from cms.content_languages import page_language
from feedback.ratings.answers import NEGATIVE, POSITIVE, POSITIVE_FROM, STARS, Answer
from feedback.ratings.models import COMMENT_LENGTH

URL_NAME = "feedback:rating"


@dataclass(frozen=True)
class Star:
    number: int
    label: str
    is_positive: bool
    is_chosen: bool


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """The question that follows few stars, or many. *kind* is also the name of its field."""

    kind: str
    text: str
    options: list[Option]
    error: str = ""


@dataclass(frozen=True)
class Component:
    """*action* is empty where the host has no address for ratings. *values* are as they came."""

    page: str
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    comment_length: int = COMMENT_LENGTH

    @property
    def action(self) -> str:
        return address(URL_NAME)

    @property
    def general_error(self) -> str:
        return self.errors.get("__all__", "")

    @property
    def stars(self) -> list[Star]:
        chosen = self.values.get("stars", "")
        return [
            Star(
                number,
                gettext("Rate %(number)d stars out of 5") % {"number": number},
                number >= POSITIVE_FROM,
                chosen == str(number),
            )
            for number in STARS
        ]

    @property
    def questions(self) -> list[Question]:
        return [
            self._question(
                "negative", gettext("Where did you meet the greatest difficulties?"), NEGATIVE
            ),
            self._question("positive", gettext("Which aspects did you like best?"), POSITIVE),
        ]

    def _question(self, kind: str, text: str, answers: tuple[Answer, ...]) -> Question:
        chosen = self.values.get(kind, "")
        options = [
            Option(answer.value, str(answer.label), answer.value == chosen) for answer in answers
        ]
        return Question(kind, text, options, self.errors.get(kind, ""))


def address(name: str, **query: Any) -> str:
    """Return the address *name* below the language of the page; empty where there is none."""
    with override(page_language()):
        try:
            return reverse(name, query=query or None)
        except NoReverseMatch:
            return ""
