"""Each filter keeps exactly what the full documents say, computed here independently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from centres.models import (
    CentreLegalBasis,
    CentrePage,
    Comune,
    LegalBasisRole,
    LegalReference,
    Management,
    SeatRole,
)
from tests.reading import Reader
from tests.working import work

Document = dict[str, Any]
Values = Callable[[Document], set[str]]


def ids(reader: Reader, query: str, resource: str = "centres", limit: int = 100) -> list[str]:
    """Return the ids of a list in its order, its pages followed."""
    url: str | None = f"/api/v1/{resource}?locale=it&limit={limit}{query and '&'}{query}"
    found = []
    while url:
        answer = reader.json(url)
        found += [item["id"] for item in answer["items"]]
        url = answer["next"]
    assert len(found) == len(set(found))
    return found


def current_seats(centre: Document) -> list[Document]:
    return [seat for seat in centre["seats"] if seat["status"]["code"] in ("active", "temporary")]


def comuni(centre: Document) -> set[str]:
    return {comune["istat_code"] for comune in centre["comuni"]}


def provinces(centre: Document) -> set[str]:
    addresses = [seat["place"]["address"] for seat in current_seats(centre)]
    located = [address["comune"] for address in addresses if "comune" in address]
    return {comune["province_code"] for comune in [*centre["comuni"], *located]}


def districts(centre: Document) -> set[str]:
    return {centre["district"]["id"]} if "district" in centre else set()


def management(centre: Document) -> set[str]:
    return {centre["management"]["code"]}


def roles(centre: Document) -> set[str]:
    return {seat["role"]["code"] for seat in current_seats(centre)}


def of_activities(field: str, terms: dict[str, str]) -> Values:
    def values(centre: Document) -> set[str]:
        return {
            terms[reference["id"]]
            for activity in centre["activities"]
            for reference in activity["value"][field]
        }

    return values


def is_for(age: int, centre: Document) -> bool:
    stated = (activity["value"] for activity in centre["activities"])
    return any(
        value.get("age_from", 0) <= age <= value.get("age_to", 120)
        for value in stated
        if "age_from" in value or "age_to" in value
    )


def codes(reader: Reader, resource: str) -> dict[str, str]:
    return {item["id"]: item["code"] for item in reader.items(resource)}


def check(reader: Reader, name: str, asked: Iterable[str], values: Values) -> None:
    """Hold the list of each value against the documents; at least one finds something."""
    documents = reader.items("centres")
    hits = 0
    for value in asked:
        expected = {centre["id"] for centre in documents if value in values(centre)}
        assert set(ids(reader, f"{name}={value}")) == expected, value
        hits += len(expected)
    assert hits


def test_comune(reader: Reader) -> None:
    served = {code for centre in reader.items("centres") for code in comuni(centre)}
    others = Comune.objects.exclude(pk__in=served).values_list("pk", flat=True)[:20]
    check(reader, "comune", [*served, *others], comuni)


def test_province(reader: Reader) -> None:
    codes = Comune.objects.order_by().values_list("province_code", flat=True).distinct()
    check(reader, "province", codes, provinces)


def test_legal_reference(reader: Reader) -> None:
    acts = LegalReference.objects.filter(locale__language_code="it").order_by("pk")
    for number, act in enumerate(acts[:2]):
        for centre in CentrePage.objects.filter(locale__language_code="it")[: number + 1]:
            CentreLegalBasis.objects.create(page=centre, act=act, role=LegalBasisRole.GUIDELINE)
    work()
    check(
        reader,
        "legal_reference",
        [item["id"] for item in reader.items("legal-references")],
        lambda centre: {row["act"]["id"] for row in centre["legal_basis"]},
    )


def test_district(reader: Reader) -> None:
    check(reader, "district", [item["id"] for item in reader.items("districts")], districts)


def test_management_and_role(reader: Reader) -> None:
    check(reader, "management", Management.values, management)
    check(reader, "role", SeatRole.values, roles)


def test_types_of_activities(reader: Reader) -> None:
    types = codes(reader, "activity-types")
    check(reader, "activity_type", types.values(), of_activities("types", types))


def test_age(reader: Reader) -> None:
    documents = reader.items("centres")
    found = {}
    for age in range(101):
        found[age] = {centre["id"] for centre in documents if is_for(age, centre)}
        assert set(ids(reader, f"age={age}")) == found[age], age
    assert any(found.values())
    silent = {
        centre["id"]
        for centre in documents
        if not any(
            {"age_from", "age_to"} & activity["value"].keys() for activity in centre["activities"]
        )
    }
    assert silent
    assert not silent & set().union(*found.values())


def test_or_within_a_filter_and_across_filters(reader: Reader) -> None:
    documents = reader.items("centres")
    some = sorted(set().union(*(comuni(centre) for centre in documents)))[:9]
    either = "&".join(f"comune={code}" for code in some)
    expected = {centre["id"] for centre in documents if comuni(centre) & set(some)}
    assert set(ids(reader, either)) == expected
    assert 1 < len(expected) < len(documents)
    both = {
        centre["id"]
        for centre in documents
        if centre["id"] in expected and "spoke" in roles(centre) and is_for(6, centre)
    }
    assert set(ids(reader, f"{either}&role=spoke&age=6")) == both
    by_age = {centre["id"] for centre in documents if is_for(6, centre) or is_for(70, centre)}
    assert set(ids(reader, "age=6&age=70")) == by_age
    assert by_age


def test_cursors_hold_under_filters(reader: Reader) -> None:
    for query in ("role=hub&role=spoke", "province=VA", "q=famiglia", "near=45.82,8.82"):
        for sort in ("", "&sort=title", "&sort=-modified"):
            whole = ids(reader, query + sort)
            assert len(whole) > 2
            assert ids(reader, query + sort, limit=1) == whole
            assert ids(reader, query + sort, limit=2) == whole


def test_a_cursor_of_another_order_is_refused(reader: Reader) -> None:
    near = reader.json("/api/v1/centres?limit=1&near=45.82,8.82")["next"]
    for other in (near.replace("45.82", "45.83"), near.replace("near=45.82%2C8.82&", "")):
        assert other != near
        response = reader.get(other)
        assert response.status_code == 400
        assert [error["field"] for error in response.json()["errors"]] == ["cursor"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("comune=012133", 2),
        ("comune=012133&comune=012119&province=VA&district={district}&age=6&role=hub", 2),
        ("activity_type={type}&management=public&q=famiglie&bbox=8,45,10,47", 2),
        ("open_now=true", 2),
        ("near=45.82,8.82&sort=title", 2),
        ("near=45.82,8.82", 3),
        ("near=45.82,8.82&radius=20000&comune=012133&q=centro&role=hub", 3),
    ],
)
def test_what_filters_cost(
    reader: Reader, django_assert_num_queries: DjangoAssertNumQueries, query: str, number: int
) -> None:
    names = {
        "district": reader.items("districts")[0]["id"],
        "type": reader.items("activity-types")[0]["code"],
    }
    path = f"/api/v1/centres?limit=100&view=full&{query.format(**names)}"
    with django_assert_num_queries(number):
        response = reader.get(path)
    assert response.status_code == 200
    with django_assert_num_queries(1):
        assert reader.get(path, if_none_match=response["ETag"]).status_code == 304


def test_places_acts_and_organisations(reader: Reader) -> None:
    places = reader.items("places")
    located = {
        place["id"]: place["address"]["comune"] for place in places if "comune" in place["address"]
    }
    for key, comune in located.items():
        code, province = comune["istat_code"], comune["province_code"]
        same = {other for other, its in located.items() if its["istat_code"] == code}
        assert key in same
        assert set(ids(reader, f"comune={code}", "places")) == same
        assert same <= set(ids(reader, f"province={province}", "places"))
    acts = reader.items("legal-references")
    for act in acts:
        kind, year = act["act_type"]["code"], act["year"]
        expected = {
            other["id"]
            for other in acts
            if (other["act_type"]["code"], other["year"]) == (kind, year)
        }
        assert set(ids(reader, f"act_type={kind}&year={year}", "legal-references")) == expected
    bodies = reader.items("organisations")
    for sector in ("public", "private", "unknown"):
        expected = {body["id"] for body in bodies if body["sector"]["code"] == sector}
        assert set(ids(reader, f"sector={sector}", "organisations")) == expected
