"""``/comuni``: the reference list that filters speak of. It is no content and not in the feed."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from centres.api.filters import province_code
from centres.comuni import CACHE_KEY
from centres.documents.vocabularies import Point, named
from centres.models import Comune
from cms import conf
from cms.delivery import links
from cms.delivery.projection import dump
from cms.delivery.reads import Reads
from cms.delivery.schemas import Code, DocumentPart, OfficialName, Url
from cms.http import cursors
from cms.http.conditional import json_response, not_modified, validators_of
from cms.http.listing import CURSOR, LIMIT, read_limit
from cms.http.parameters import Parameter, read_one, read_values, refuse_unknown
from cms.http.problems import ProblemError

PROVINCE = Parameter(
    "province",
    "Code of a province.",
    {"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 2},
    repeatable=True,
)
Q = Parameter(
    "q",
    "Part of the name, whatever its accents and capitals; names that begin with it come first. "
    "It has a letter or a digit.",
    {"type": "string", "minLength": 1, "maxLength": 100},
)
PARAMETERS = (PROVINCE, Q, LIMIT, CURSOR)

CACHE_SECONDS = 300
"""How long a process may show the list as it was before it was loaded anew."""


PostalCode = Annotated[str, Field(max_length=5, pattern=r"^\d{5}$")]


class ComuneDocument(DocumentPart):
    """A municipality by its ISTAT code. Its point is the centroid, good for distances only."""

    istat_code: str = Field(pattern=r"^\d{6}$", max_length=6)
    url: Url
    name: OfficialName
    province_code: str = Field(pattern=r"^[A-Z]{2}$", max_length=2)
    province: OfficialName
    cadastral_code: Code
    postal_codes: list[PostalCode] = Field(max_length=200)
    point: Point | None = None


class ComuneList(Schema):
    items: list[ComuneDocument] = Field(max_length=100)
    next: Url | None = Field(description="The next page; null on the last one.")


@dataclass(frozen=True)
class Listed:
    """A comune as it is listed: by its folded name, with its document as JSON text."""

    folded: str
    istat_code: str
    province_code: str
    content: str


def folded(text: str) -> str:
    """Return *text* without accents, capitals and punctuation, for comparison."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(
            character if character.isalnum() else " "
            for character in plain
            if not unicodedata.combining(character)
        ).split()
    )


def comuni_response(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /comuni``: three queries where nothing is cached, none otherwise."""
    refuse_unknown(request, PARAMETERS)
    limit = read_limit(request)
    wanted = set(read_values(request, PROVINCE.name, province_code))
    part = read_one(request, Q.name, _search, "")
    after = _position(request)
    digest, base, listed = _comuni()
    query = urlencode(sorted((name, value) for name, v in request.GET.lists() for value in v))
    validators = validators_of(f"{digest}{query}")
    if response := not_modified(request, validators):
        return _in_italian(response)
    rows = sorted(
        (not item.folded.startswith(part), item.folded, item.istat_code, item.content)
        for item in listed
        if part in item.folded and (not wanted or item.province_code in wanted)
    )
    if after is not None:
        rows = [row for row in rows if row[:3] > after]
    next_url = None
    if len(rows) > limit:
        rows = rows[:limit]
        parameters = request.GET.copy()
        parameters["cursor"] = cursors.encode(list(rows[-1][:3]))
        next_url = f"{base}?{parameters.urlencode()}"
    items = ",".join(row[3] for row in rows)
    response = json_response(f'{{"items":[{items}],"next":{json.dumps(next_url)}}}', validators)
    if next_url:
        response["Link"] = f'<{next_url}>; rel="next"'
    return _in_italian(response)


def comune_response(request: HttpRequest, istat_code: str) -> HttpResponse:
    """Answer ``GET /comuni/{istat_code}``."""
    refuse_unknown(request, ())
    _digest, _base, listed = _comuni()
    for item in listed:
        if item.istat_code == istat_code:
            validators = validators_of(item.content)
            return _in_italian(
                not_modified(request, validators) or json_response(item.content, validators)
            )
    raise ProblemError(404, "There is no such comune.")


def _comuni() -> tuple[str, str, list[Listed]]:
    """Return a digest, the address of the list, and all comuni: cached, or with three queries."""
    known: tuple[str, str, list[Listed]] | None = cache.get(CACHE_KEY)
    if known is None:
        base = f"{links.base_url(Reads())}{conf.api_base()}/comuni"
        listed = [
            Listed(folded(row.name), row.istat_code, row.province_code, _content(row, base))
            for row in Comune.objects.order_by("istat_code")
        ]
        known = hashlib.sha256(repr(listed).encode()).hexdigest(), base, listed
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known


def _content(comune: Comune, base: str) -> str:
    point = None
    if comune.latitude is not None and comune.longitude is not None:
        point = Point(
            latitude=float(comune.latitude), longitude=float(comune.longitude), precision="comune"
        )
    document = ComuneDocument(
        istat_code=comune.istat_code,
        url=f"{base}/{comune.istat_code}",
        name=named(comune.name),
        province_code=comune.province_code,
        province=named(comune.province),
        cadastral_code=comune.cadastral_code,
        postal_codes=comune.postal_codes,
        point=point,
    )
    return dump(document.model_dump(mode="json", exclude_none=True))


def _in_italian(response: HttpResponse) -> HttpResponse:
    """Names are official: the same in every language."""
    response["Content-Language"] = conf.official_language()
    return response


def _search(text: str) -> str:
    if not (found := folded(text)):
        raise ValueError("Use letters of a name.")
    return found


def _position(request: HttpRequest) -> tuple[bool, str, str] | None:
    if "cursor" not in request.GET:
        return None
    match cursors.decode(request.GET["cursor"]):
        case [bool(later), str(name), str(code)]:
            return later, name, code
    raise ProblemError(400, "The cursor is malformed.", {"cursor": "Use a cursor as it was given."})
