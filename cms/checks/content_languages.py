"""E010: languages that nobody knows would fail in the first page that names them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import get_language_info


@checks.register
def check_content_languages(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every content language is known and named once, and the source's is the first."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    problems = [f"{code!r} is no language that Django knows." for code in codes if not _known(code)]
    problems += [
        f"{code!r} is named {codes.count(code)} times."
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    ]
    if not codes:
        problems.append("No language is named.")
    elif codes[0] != settings.LANGUAGE_CODE:
        problems.append(
            f"The first language, {codes[0]!r}, is not that of the sources, "
            f"{settings.LANGUAGE_CODE!r}."
        )
    return [
        checks.Error(
            f"The content languages cannot be used: {problem}",
            hint="Name codes such as it, en, de with commas between them, the language of the "
            "sources first: CONTENT_LANGUAGES in the environment, WAGTAIL_CONTENT_LANGUAGES in the "
            "settings of a host.",
            id="family_cms.E010",
        )
        for problem in problems
    ]


def _known(code: str) -> bool:
    try:
        get_language_info(code)
    except KeyError:
        return False
    return True
