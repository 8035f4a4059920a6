"""Which values exist: what filters ask the database before a list is read, in one query.

A value that nothing can ever have, such as a mistyped code, is a 400 that names it, and never an
empty list that reads as "there is none".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from cms.http.problems import ProblemError

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Question:
    """What a filter asks: rows with a column *answer*, and what it makes of the answers.

    ``verdict`` gets the answers as texts, and raises a 400 where they do not do.
    """

    parameter: str
    rows: tuple[tuple[Rows, str], ...]
    verdict: Callable[[set[str]], None]


@dataclass(frozen=True)
class Known:
    """Where the values of a parameter are found that exist.

    ``find`` returns the rows among which any of the given values is in *column*; ``plain`` turns
    what the database says into the value. ``hint`` says to a reader which values there are.
    """

    find: Callable[[list[str]], Rows]
    column: str
    hint: str
    plain: Callable[[str], str] = str

    def question(self, parameter: str, values: list[str]) -> Question:
        def verdict(answers: set[str]) -> None:
            found = {self.plain(answer) for answer in answers}
            if unknown := [value for value in values if value not in found]:
                raise ProblemError(
                    400,
                    f"The value of {parameter} is not known.",
                    {parameter: f"There is no {', '.join(unknown)[:300]}. {self.hint}"},
                )

        return Question(parameter, ((self.find(values), self.column),), verdict)


def ask(questions: Iterable[Question]) -> None:
    """Put all *questions* in one query; raise what they lead to."""
    asked = list(questions)
    first, *others = [
        rows.order_by()
        .annotate(
            asked_of=Value(question.parameter, output_field=CharField()),
            answer=Cast(column, TextField()),
        )
        .values_list("asked_of", "answer")
        for question in asked
        for rows, column in question.rows
    ]
    found: dict[str, set[str]] = {question.parameter: set() for question in asked}
    for parameter, answer in first.union(*others) if others else first:
        if answer is not None:
            found[parameter].add(answer)
    for question in asked:
        question.verdict(found[question.parameter])
