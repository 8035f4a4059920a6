"""The filters of the lists of this app."""

from __future__ import annotations

import re

from cms.http.filters import FacetFilter, declare_filters
from cms.http.parameters import Parameter


def istat_code(text: str) -> str:
    """Read the ISTAT code of a comune, or raise ``ValueError``."""
    if re.fullmatch(r"[0-9]{6}", text) is None:
        raise ValueError("Use the six digits of an ISTAT code, such as 012133.")
    return text


COMUNE = FacetFilter(
    Parameter(
        "comune",
        "ISTAT code of a comune that is served.",
        {"type": "string", "pattern": "^[0-9]{6}$", "maxLength": 6},
        repeatable=True,
    ),
    istat_code,
)


def declare() -> None:
    """Declare the filters of every resource of this app."""
    declare_filters("centres", COMUNE)
