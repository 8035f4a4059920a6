"""Reads the site as its readers do: over HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

RESOURCES = (
    "activities",
    "activity-types",
    "audiences",
    "centres",
    "districts",
    "funding-sources",
    "legal-references",
    "organisations",
    "pages",
    "places",
    "programmes",
    "service-forms",
)


class Reader:
    """An anonymous reader of pages and API."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> Any:
        """Ask for *path*; the language of a page does not stay active in the thread."""
        parts = urlsplit(path)
        with translation.override(translation.get_language()):
            return self.client.get(
                f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers
            )

    def json(self, path: str) -> Any:
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code, response.content[:300])
        return response.json()

    def page(self, path: str) -> BeautifulSoup:
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return BeautifulSoup(response.content, "html.parser")

    def items(self, resource: str, locale: str = "it", **query: str) -> list[dict[str, Any]]:
        """Read a whole list, following its pages."""
        extra = "".join(f"&{name}={value}" for name, value in query.items())
        url = f"/api/v1/{resource}?view=full&limit=7&locale={locale}{extra}"
        found = []
        while url:
            answer = self.json(url)
            found += answer["items"]
            url = answer["next"]
        return found

    def by_title(self, resource: str, title: str, locale: str = "it") -> dict[str, Any]:
        return next(item for item in self.items(resource, locale) if item["title"] == title)

    def everything(self, locale: str, **query: str) -> dict[tuple[str, str], dict[str, Any]]:
        """All that the lists show in *locale*."""
        return {
            (resource, item["id"]): item
            for resource in RESOURCES
            for item in self.items(resource, locale, **query)
        }


class Follower:
    """A portal that follows the feed, and holds what it was told."""

    def __init__(self, reader: Reader, **query: str) -> None:
        self.reader = reader
        extra = "".join(f"&{name}={value}" for name, value in query.items())
        self.url = f"/api/v1/changes?limit=9{extra}"
        self.held: dict[tuple[str, str], dict[str, Any]] = {}
        self.last = 0

    def catch_up(self) -> list[dict[str, Any]]:
        """Read to the end of the feed; return what was delivered."""
        delivered = []
        while True:
            answer = self.reader.json(self.url)
            self.url = answer["next"]
            for item in answer["items"]:
                assert item["sequence"] > self.last, "the feed goes backwards"
                self.last = item["sequence"]
                key = (item["resource"], item["id"])
                if item["change"] == "upsert":
                    self.held[key] = item["document"]
                else:
                    assert set(item) == {
                        "change",
                        "resource",
                        "id",
                        "locale",
                        "sequence",
                        "reason",
                    }
                    self.held.pop(key, None)
                delivered.append(item)
            if answer["at_end"]:
                return delivered
