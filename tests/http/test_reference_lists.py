"""Reference lists: comuni and locales."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from centres.comuni import load_comuni
from centres.models import Comune
from tests.reading import Reader


def names(reader: Reader, query: str) -> list[str]:
    return [item["name"]["text"] for item in reader.json(f"/api/v1/comuni?{query}")["items"]]


def test_pages_hold_each_comune_once_by_name(reader: Reader) -> None:
    url = "/api/v1/comuni?limit=100&province=VA&province=CO"
    found = []
    while url:
        answer = reader.json(url)
        found += answer["items"]
        url = answer["next"]
    wanted = Comune.objects.filter(province_code__in=["VA", "CO"])
    assert {item["istat_code"] for item in found} == {comune.pk for comune in wanted}
    assert len(found) == len(wanted) > 200
    listed = [item["name"]["text"] for item in found]
    assert listed.index("Cantello") < listed.index("Cantù") < listed.index("Caravate")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("q=Cantu", ["Cantù"]),
        ("q=CANT%C3%99", ["Cantù"]),
        ("q=saronno", ["Saronno"]),
        ("q=cantu&province=VA", []),
        ("q=busto&province=VA", ["Busto Arsizio"]),
    ],
)
def test_names_are_found_without_accents(reader: Reader, query: str, first: list[str]) -> None:
    assert names(reader, query) == first


def test_names_that_begin_so_come_first(reader: Reader) -> None:
    found = names(reader, "q=como&limit=100")
    assert found[0] == "Como"
    later = [name for name in found if not name.startswith("Como")]
    assert later
    assert found[-len(later) :] == later


def test_comune_tells_its_codes(reader: Reader) -> None:
    item = reader.json("/api/v1/comuni?q=saronno")["items"][0]
    assert item["istat_code"] == "012119"
    assert (item["province_code"], item["cadastral_code"]) == ("VA", "I441")
    assert item["postal_codes"] == ["21047"]
    assert item["point"]["precision"] == "comune"
    assert reader.json(item["url"]) == item


def test_it_is_read_once_and_kept(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        response = reader.get("/api/v1/comuni")
    with django_assert_num_queries(0):
        held = reader.get("/api/v1/comuni", if_none_match=response["ETag"])
        reader.json("/api/v1/comuni/012119")
    assert (held.status_code, held.content) == (304, b"")
    assert response["Content-Language"] == "it"
    Comune.objects.filter(pk="012119").update(name="Saronno Nuova")
    load_comuni()
    with django_assert_num_queries(3):
        assert reader.json("/api/v1/comuni/012119")["name"]["text"] == "Saronno"
    cache.clear()


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("comuni?province=va", 400, "province"),
        ("comuni?q=", 400, "q"),
        ("comuni?q=%20-", 400, "q"),
        ("comuni?limit=0", 400, "limit"),
        ("comuni?cursor=AAAA", 400, "cursor"),
        ("comuni?locale=it", 400, "locale"),
        ("comuni/012119?x=1", 400, "x"),
        ("comuni/999999", 404, None),
        ("comuni/saronno", 404, None),
        ("comuni/012119/", 404, None),
        ("locales?locale=xx", 400, "locale"),
        ("locales?limit=1", 400, "limit"),
    ],
)
def test_errors_name_what_is_wrong(
    reader: Reader, path: str, status: int, field: str | None
) -> None:
    response = reader.get(f"/api/v1/{path}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    fields = [error["field"] for error in response.json().get("errors", [])]
    assert fields == ([field] if field else [])


def test_comuni_are_not_in_the_feed(reader: Reader) -> None:
    assert reader.get("/api/v1/changes?resource=comuni").status_code == 400


@pytest.mark.parametrize(
    ("locale", "called"), [("it", ["italiano", "inglese"]), ("en", ["Italian", "English"])]
)
def test_locales_are_told_in_both_languages(
    reader: Reader,
    django_assert_num_queries: DjangoAssertNumQueries,
    locale: str,
    called: list[str],
) -> None:
    with django_assert_num_queries(0):
        response = reader.get("/api/v1/locales", accept_language=locale)
    items = response.json()["items"]
    assert [item["code"] for item in items] == ["it", "en"]
    assert [item["local_name"] for item in items] == ["italiano", "English"]
    assert [item["name"].lower() for item in items] == [name.lower() for name in called]
    assert [item["is_default"] for item in items] == [True, False]
    assert {item["direction"] for item in items} == {"ltr"}
    assert response["Content-Language"] == locale
    assert "Accept-Language" in response["Vary"]
    held = reader.get("/api/v1/locales", accept_language=locale, if_none_match=response["ETag"])
    assert held.status_code == 304
