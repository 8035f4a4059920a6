"""Filter data follow what they are made of, also where no document shows it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from centres.models import ActivityType, Audience, District, Place
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry, Facet, Feed
from cms.delivery.verification import discrepancies
from tests.editing import change, italian_centres
from tests.http.test_filters import check, codes, ids, of_activities
from tests.reading import Reader


def used_type(reader: Reader) -> tuple[ActivityType, list[str]]:
    for term in ActivityType.objects.filter(locale__language_code="it"):
        if found := ids(reader, f"activity_type={term.code}"):
            return term, found
    raise AssertionError("No activity has a type.")


def test_a_changed_code_is_followed_without_a_change_of_documents(reader: Reader) -> None:
    term, found = used_type(reader)
    path = f"/api/v1/centres?activity_type={term.code}&locale=en"
    plain = reader.get("/api/v1/centres?locale=en")["ETag"]
    sequences = dict(Entry.objects.filter(resource="centres").values_list("pk", "sequence"))
    before, old = reader.get(path)["ETag"], term.code
    term.code = "another-code"
    term.save()
    drain_all()
    assert discrepancies() == []
    assert ids(reader, "activity_type=another-code") == found
    assert reader.get(path).status_code == 400
    assert dict(Entry.objects.filter(resource="centres").values_list("pk", "sequence")) == sequences
    term.code = old
    term.save()
    drain_all()
    # The list is as it was, but a validator must not come back: it was another list meanwhile.
    assert reader.get(path)["ETag"] != before
    assert reader.get("/api/v1/centres?locale=en")["ETag"] == plain


def test_an_unpublished_term_is_no_value(reader: Reader) -> None:
    term, _found = used_type(reader)
    term.unpublish()
    drain_all()
    assert discrepancies() == []
    assert reader.get(f"/api/v1/centres?activity_type={term.code}").status_code == 400
    assert not Facet.objects.filter(resource="centres", value=term.code).exists()


def test_an_unpublished_district_and_place_give_nothing(reader: Reader) -> None:
    page = next(page for page in italian_centres() if page.district and page.seats.exists())
    district, key = page.district, str(page.translation_key)
    assert isinstance(district, District)
    assert key in ids(reader, f"district={district.public_id}")
    district.unpublish()
    for seat in page.seats.all():
        Place.objects.get(pk=seat.place_id).unpublish()
    drain_all()
    assert discrepancies() == []
    assert reader.get(f"/api/v1/centres?district={district.public_id}").status_code == 400
    assert key not in ids(reader, "near=45.8,8.8")
    assert key not in ids(reader, "role=hub&role=spoke&role=venue")


def test_audiences_of_activities(reader: Reader) -> None:
    audiences = list(Audience.objects.filter(locale__language_code="it").order_by("pk"))
    pages = [page for page in italian_centres() if page.activities]
    for number, page in enumerate(pages[:3]):
        for block in page.activities:
            chosen = audiences[number : number + 2]
            block.value["audiences"] = [str(term.translation_key) for term in chosen]
        change(page, activities=page.activities)
    known = codes(reader, "audiences")
    check(reader, "audience", known.values(), of_activities("audiences", known))
    assert discrepancies() == []


def test_ages_open_to_one_side(reader: Reader) -> None:
    page = next(page for page in italian_centres() if page.activities)
    key = str(page.translation_key)
    for low, high, inside, outside in (
        (None, 5, (0, 5), (6, 120)),
        (65, None, (65, 120), (0, 64)),
        (0, 0, (0,), (1,)),
        (None, None, (), (0, 30, 120)),
    ):
        for block in page.activities:
            block.value["age_from"], block.value["age_to"] = low, high
        page = change(page, activities=page.activities)
        for age in inside:
            assert key in ids(reader, f"age={age}")
        for age in outside:
            assert key not in ids(reader, f"age={age}")


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_what_is_gone_leaves_no_filter_data(reader: Reader, how: str) -> None:
    page = italian_centres()[0]
    key = page.translation_key
    assert Facet.objects.filter(public_id=key).exists()
    getattr(page, how)()
    drain_all()
    assert not Facet.objects.filter(public_id=key).exists()
    assert str(key) not in ids(reader, "management=public&management=private&management=unknown")
    assert str(key) not in ids(reader, f"q={quote(page.title)}")
    assert discrepancies() == []


def test_filter_changes_are_counted_once(reader: Reader) -> None:
    page: Any = italian_centres()[0]
    before = Feed.objects.get().filter_changes
    change(page, review_on="2030-01-01")
    assert Feed.objects.get().filter_changes == before
    change(page, management="unknown" if page.management != "unknown" else "public")
    assert Feed.objects.get().filter_changes > before
