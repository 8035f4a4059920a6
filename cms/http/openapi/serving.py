"""``GET /openapi.json``: made once in a while by each process, and sent as it is."""

from __future__ import annotations

import json
import time
from functools import cache, lru_cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cms.http.conditional import Validators, json_response, not_modified, validators_of
from cms.http.openapi.document import Json, contract, published
from cms.http.openapi.publisher import current_publisher

MAX_AGE = 300
"""Seconds for which a process keeps the document, and a reader may."""


@cache
def own_contract() -> Json:
    """Return the contract of the API that this process serves."""
    from cms.http.urls import api

    return contract(api)


@lru_cache(maxsize=1)
def served_document(window: int) -> tuple[str, Validators]:
    """Return the document as text and its validator, for one *window* of time."""
    text = json.dumps(published(own_contract(), current_publisher()), ensure_ascii=False)
    return text, validators_of(text)


@require_GET
def openapi_response(request: HttpRequest) -> HttpResponse:
    """Answer with the document; no query but once in :data:`MAX_AGE` seconds."""
    text, validators = served_document(int(time.monotonic() // MAX_AGE))
    return not_modified(request, validators, MAX_AGE) or json_response(text, validators, MAX_AGE)
