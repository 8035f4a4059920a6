"""A client for real servers that :class:`tests.reading.Reader` can read with."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """An answer, with what Django's test client offers of it."""

    status_code: int
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Connection:
    """One connection that is kept open."""

    def __init__(self, base: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        self.connection.request("GET", path, headers=dict(headers or {}))
        response = self.connection.getresponse()
        return Answer(response.status, response.read())
