"""The guide at the API's prefix says only what is so. Its programs run in ``tests/examples``."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

from centres.models import CentrePage
from cms.delivery.drain import drain_all
from cms.http.guide.markdown import Fence, fences, parser
from cms.http.guide.sources import EXAMPLE_HOST, FILES, read_source
from cms.models import AgencySettings
from tests.reading import Follower, Reader

METHODS = {"get", "post", "put", "patch", "delete"}
NO_FIELDS = {"null", "true", "upsert", "tombstone", "allow_url_fopen"}
ANSWERS = ("/api/v1/centres?view=full&limit=100", "/api/v1/changes?limit=100", "/api/v1/status")
languages = pytest.mark.parametrize("language", FILES)


def samples() -> dict[str, Any]:
    """The JSON samples of the English guide by caption."""
    found = fences(read_source("en"))
    return {fence.caption: json.loads(fence.text) for fence in found if fence.language == "json"}


def shape(value: object) -> object:
    """The keys of *value* at every depth; a list has the set of the shapes in it."""
    if isinstance(value, dict):
        return frozenset((key, shape(member)) for key, member in value.items())
    if isinstance(value, list):
        return frozenset(shape(member) for member in value)
    return type(value).__name__


def keys(value: object) -> set[str]:
    """The keys of *value* at every depth."""
    if isinstance(value, dict):
        return set(value).union(*(keys(member) for member in value.values()))
    if isinstance(value, list):
        return set().union(*(keys(member) for member in value))
    return set()


def inline_code(source: str) -> list[str]:
    return [
        child.content
        for token in parser().parse(source)
        for child in token.children or ()
        if child.type == "code_inline"
    ]


def urls(source: str) -> list[str]:
    """The addresses of the example host, without those that hold an id or a cursor."""
    found = re.findall(rf"{re.escape(EXAMPLE_HOST)}([^\s'\"`)>]*)", source)
    return [url for url in found if not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|cursor=", url)]


def operations(reader: Reader) -> dict[str, dict[str, Any]]:
    document = reader.json("/api/v1/openapi.json")
    shared = document["components"]["parameters"]
    found = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                stated = [
                    shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
                    for item in operation.get("parameters", ())
                ]
                found[f"/api/v1{path}"] = {**operation, "parameters": stated}
    return found


def parameter_names(operation: dict[str, Any]) -> set[str]:
    return {stated["name"] for stated in operation.get("parameters", ()) if stated["in"] == "query"}


@languages
@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_guide_is_served_in_the_reader_s_language(reader: Reader, path: str, language: str) -> None:
    response = reader.get(path, accept_language=f"{language}-XX, fr;q=0.5")
    assert (response.status_code, response["Content-Language"]) == (200, language)
    assert "Accept-Language" in response["Vary"]
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == language
    assert len(page.find_all("h1")) == len(page.find_all("main")) == 1
    anchors = [link["href"] for link in page.select(".fc-toc a")]
    assert len(anchors) >= 12
    assert all(page.select(str(anchor)) for anchor in anchors)
    chosen = reader.get(f"{path}?locale={language}", accept_language="fr")
    assert chosen.content == response.content
    assert "Accept-Language" not in chosen["Vary"]


def test_guide_falls_back_to_the_language_of_the_site(reader: Reader) -> None:
    assert reader.get("/api/", accept_language="fr")["Content-Language"] == "it"
    assert reader.get("/api/?locale=fr&utm_source=x")["Content-Language"] == "it"


def test_guide_is_cached_and_guarded(reader: Reader) -> None:
    response = reader.get("/api/")
    again = reader.get("/api/", if_none_match=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Content-Language"] == "it"
    head = reader.client.head("/api/")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(response.content)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find_all("script") == page.select("[style], [onclick]") == []
    assert page.select('meta[name=robots][content*="noindex"]')
    refused = reader.client.post("/api/")
    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")


def test_guide_follows_what_the_agency_states(reader: Reader) -> None:
    before = reader.get("/api/?locale=en")
    assert "has not stated a licence" in before.content.decode()
    licence = "https://creativecommons.org/licenses/by/4.0/"
    AgencySettings.objects.update(licence_url=licence, email="dati@ats.example")
    after = reader.get("/api/?locale=en", if_none_match=before["ETag"])
    assert after.status_code == 200
    page = BeautifulSoup(after.content, "html.parser")
    assert page.select(f'a[href="{licence}"]')
    assert page.select('a[href="mailto:dati@ats.example"]')


@languages
def test_addresses_are_the_site_s_own_and_answer(reader: Reader, language: str) -> None:
    assert EXAMPLE_HOST not in reader.get(f"/api/?locale={language}").content.decode()
    found = urls(read_source(language))
    assert len(found) >= 10
    for url in found:
        assert reader.get(url).status_code == 200, url


@languages
def test_guide_names_only_what_the_api_has(reader: Reader, language: str) -> None:
    source = read_source(language)
    by_path = operations(reader)
    known = set().union(*(parameter_names(operation) for operation in by_path.values()))
    code = inline_code(source)
    named = {name for text in code for name in re.findall(r"\b([a-z_]+)=", text)}
    assert {"locale", "fallback", "view"} <= named <= known
    for url in urls(source):
        parts = urlsplit(url)
        if parts.query:
            taken = parameter_names(by_path[parts.path])
            assert {name for name, _value in parse_qsl(parts.query)} <= taken, url
    paths = [text.split()[-1] for text in code if text.startswith(("GET ", "/"))]
    assert len(paths) >= 3
    assert {path if path.startswith("/api") else f"/api/v1{path}" for path in paths} <= set(by_path)
    answers = [reader.json(path) for path in ANSWERS]
    answers.append(reader.get("/api/v1/centres?colour=red").json())
    fields = set().union(*(keys(answer) for answer in answers))
    words = {text for text in code if re.fullmatch(r"[a-z]+(_[a-z]+)*", text)}
    assert len(words) >= 15
    assert words - fields - known <= NO_FIELDS


@languages
def test_guide_lists_every_parameter_and_operation(reader: Reader, language: str) -> None:
    page = reader.page(f"/api/?locale={language}")
    terms = [term.get_text(strip=True) for term in page.select("dl.fc-facts dt")]
    by_path = operations(reader)
    assert parameter_names(by_path["/api/v1/centres"]) <= set(terms)
    assert {f"GET {path}" for path in by_path} <= set(terms)


def test_languages_of_the_guide_hold_the_same_examples() -> None:
    def code(language: str) -> list[tuple[str, str]]:
        return [(fence.language, fence.text) for fence in fences(read_source(language))]

    assert code("it") == code("en")


@pytest.mark.parametrize("fence", fences(read_source("en")), ids=lambda fence: fence.caption)
def test_an_example_has_forty_lines_at_most(fence: Fence) -> None:
    assert 1 <= fence.text.count("\n") <= 40


@pytest.mark.parametrize("caption", [name for name in samples() if name.startswith("GET ")])
def test_a_sample_has_the_shape_of_the_answer(reader: Reader, caption: str) -> None:
    answer = reader.get(caption.removeprefix("GET "))
    sample = samples()[caption]
    assert shape(answer.json()) == shape(sample)
    if answer.status_code != 200:
        assert answer.json() == sample


def test_the_sample_of_a_tombstone_has_the_shape_of_one(reader: Reader) -> None:
    follower = Follower(reader, locale="it", resource="centres")
    follower.catch_up()
    CentrePage.objects.get(slug="saronno", locale__language_code="it").unpublish()
    drain_all()
    (change,) = follower.catch_up()
    sample = samples()["A tombstone"]
    assert shape(change) == shape(sample)
    assert (change["change"], change["reason"]) == (sample["change"], sample["reason"])
