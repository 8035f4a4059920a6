"""What the national model asks (criterion C.SI.2.5), word by word: its texts are read by machines.

The Italian of each text is in the catalogue; it must stay as the model writes it.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

STARS: Final = (1, 2, 3, 4, 5)
POSITIVE_FROM: Final = 4
"""So many stars ask what was liked; fewer ask where it was difficult."""


class Answer(models.TextChoices):
    """What was difficult or liked; ``other`` is an answer to both questions."""

    UNCLEAR = "unclear", _("At times the instructions were not clear")
    INCOMPLETE = "incomplete", _("At times the instructions were not complete")
    UNSURE = "unsure", _("At times I could not tell whether I was proceeding correctly")
    TECHNICAL_PROBLEMS = "technical_problems", _("I had technical problems")
    CLEAR = "clear", _("The instructions were clear")
    COMPLETE = "complete", _("The instructions were complete")
    SURE = "sure", _("I could always tell that I was proceeding correctly")
    NO_TECHNICAL_PROBLEMS = "no_technical_problems", _("I had no technical problems")
    OTHER = "other", _("Other")


NEGATIVE: Final = (
    Answer.UNCLEAR,
    Answer.INCOMPLETE,
    Answer.UNSURE,
    Answer.TECHNICAL_PROBLEMS,
    Answer.OTHER,
)
POSITIVE: Final = (
    Answer.CLEAR,
    Answer.COMPLETE,
    Answer.SURE,
    Answer.NO_TECHNICAL_PROBLEMS,
    Answer.OTHER,
)


def answers_to(stars: int) -> tuple[Answer, ...]:
    """Return the answers that so many *stars* are asked for."""
    return POSITIVE if stars >= POSITIVE_FROM else NEGATIVE
