"""``robots.txt``, read by Python's own parser of it."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest

from tests.reading import Reader


@pytest.fixture
def rules(db: None, reader: Reader) -> RobotFileParser:
    response = reader.get("/robots.txt")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    parser = RobotFileParser()
    parser.parse(response.content.decode().splitlines())
    return parser


@pytest.mark.parametrize("path", ["/it/", "/en/family-centres/saronno/", "/api/", "/sitemap.xml"])
def test_what_families_and_portals_read_is_open(rules: RobotFileParser, path: str) -> None:
    assert rules.can_fetch("Anybot", f"https://www.example.org{path}")


def test_the_admin_is_closed(rules: RobotFileParser) -> None:
    assert not rules.can_fetch("Anybot", "https://www.example.org/admin/login/")


def test_it_leads_to_the_map_of_the_site(rules: RobotFileParser, reader: Reader) -> None:
    (address,) = rules.site_maps() or []
    assert address.startswith(("http://", "https://"))
    assert reader.get("/" + address.split("/", 3)[3]).status_code == 200
