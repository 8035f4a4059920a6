"""How an act is cited: computed from what is known of it.

Citations are data: they stay Italian in every language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.partial_dates import PartialDate


class ActType(models.TextChoices):
    REGIONAL_RESOLUTION = "dgr", _("resolution of the regional government (DGR)")
    MANAGERIAL_DECREE = "decreto-dirigenziale", _("managerial decree")
    REGIONAL_LAW = "legge-regionale", _("regional law")
    LAW = "legge", _("law")
    LAW_DECREE = "decreto-legge", _("law decree")
    LEGISLATIVE_DECREE = "decreto-legislativo", _("legislative decree")
    MINISTERIAL_DECREE = "decreto-ministeriale", _("ministerial decree")
    PRIME_MINISTER_DECREE = "dpcm", _("decree of the Prime Minister")
    AGENCY_RESOLUTION = "delibera", _("resolution of the agency")


SHORT_FORMS: Final = {
    ActType.REGIONAL_RESOLUTION: "DGR",
    ActType.MANAGERIAL_DECREE: "Decreto",
    ActType.REGIONAL_LAW: "L.r.",
    ActType.LAW: "L.",
    ActType.LAW_DECREE: "D.l.",
    ActType.LEGISLATIVE_DECREE: "D.lgs.",
    ActType.MINISTERIAL_DECREE: "D.M.",
    ActType.PRIME_MINISTER_DECREE: "DPCM",
    ActType.AGENCY_RESOLUTION: "Delibera",
}

STATE_RESOLVER: Final = "https://www.normattiva.it/uri-res/N2Ls?"


@dataclass(frozen=True)
class Citation:
    """What is known of an act, ready to be cited. ``legislature`` is empty where none is known."""

    act_type: ActType
    issuer: str
    legislature: str
    number: str
    year: int
    date: PartialDate | None = None

    def short(self) -> str:
        """Return the form for running text: "DGR 2315/2019"."""
        return f"{SHORT_FORMS[self.act_type]} {self.number}/{self.year}"

    def full(self) -> str:
        """Return all that is known: "DGR n. XII/1507 del 13 dicembre 2023"."""
        number = f"{self.legislature}/{self.number}" if self.legislature else self.number
        with override("it"):
            when = self.date.in_words() if self.date else str(self.year)
        return f"{SHORT_FORMS[self.act_type]} n. {number} del {when}"

    def key(self) -> str:
        """Return our own key, such as ``dgr-1507-2023``: a DGR has no official URN."""
        return f"{self.act_type.value}-{self.number.replace('/', '-')}-{self.year}".lower()


def resolver_url(urn: str) -> str | None:
    """Return where the text of a state law with this URN:NIR is read; only those resolve surely."""
    return f"{STATE_RESOLVER}{urn}" if urn.startswith("urn:nir:stato:") else None


@dataclass(frozen=True)
class CitedAct:
    """A citation found in a text, with its place there."""

    act_type: ActType
    legislature: str
    number: str
    year: int | None
    start: int
    end: int


_PATTERNS: Final = (
    (ActType.REGIONAL_RESOLUTION, r"d\.?\s?g\.?\s?r\.?"),
    (ActType.REGIONAL_LAW, r"l\.?\s?r\.?|legge regionale"),
    (ActType.LEGISLATIVE_DECREE, r"d\.?\s?lgs\.?|decreto legislativo"),
    (ActType.LAW_DECREE, r"d\.?\s?l\.?|decreto[- ]legge"),
    (ActType.LAW, r"l\.|legge"),
)
_NUMBER: Final = (
    r"\s*(?:n\.?\s*)?(?:(?P<legislature>[IVXLC]+)/)?(?P<number>\d{1,5})"
    r"(?:\s*/\s*(?P<year>(?:19|20)\d{2})|\s+del\s+(?:\d{1,2}\s+\w+\s+)?(?P<del>(?:19|20)\d{2}))?"
)


def find_citations(text: str) -> list[CitedAct]:
    """Return the acts cited in plain *text*, in order: "D.G.R. n. XI/5392", "l.r. 23/1999"."""
    found: list[CitedAct] = []
    for act_type, prefix in _PATTERNS:
        for match in re.finditer(rf"(?<!\w)(?:{prefix}){_NUMBER}", text, re.IGNORECASE):
            if any(act.start < match.end() and match.start() < act.end for act in found):
                continue
            year = match["year"] or match["del"]
            if year is None and match["legislature"] is None:
                continue
            found.append(
                CitedAct(
                    act_type,
                    (match["legislature"] or "").upper(),
                    match["number"],
                    int(year) if year else None,
                    match.start(),
                    match.end(),
                )
            )
    return sorted(found, key=lambda act: act.start)
