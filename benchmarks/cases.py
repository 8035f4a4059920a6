"""What is read, and whether it is complete: a fast answer that leaves something out is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.load import Case, UnexpectedAnswerError
from centres.models import CentrePage
from cms.delivery.models import Entry, Facet

LIST = "/api/v1/centres?locale=it&limit=100"
CHANGES = "/api/v1/changes?resource=centres&locale=it&limit=100"

client = Client(HTTP_HOST="127.0.0.1")


def answer(case: Case) -> Any:
    """Return the response to *case* in this process."""
    response = client.get(case.path, headers=dict(case.headers))
    if response.status_code != case.status:
        raise UnexpectedAnswerError(f"{case.name}: {response.status_code} {response.content[:300]}")
    return response


def queries(case: Case) -> int:
    """Return how many queries an answer costs, once caches are warm."""
    answer(case)
    with CaptureQueriesContext(connection) as captured:
        answer(case)
    return len(captured)


def reading_cases() -> Iterator[Case]:
    """Yield the cases of the table in its order, each verified to be complete."""
    full = Case("list of 100, full", f"{LIST}&view=full")
    listed = answer(full).json()["items"]
    expect(full, len(listed) == 100)
    expect(full, all(len(item["activities"]) == 8 for item in listed[:90] if _invented(item)))
    chosen = next(item for item in listed if _invented(item))
    pk = CentrePage.objects.get(translation_key=chosen["id"], locale__language_code="it").pk
    size = len(answer(full).content)
    yield Case("constant bytes, as many as the full list", f"/api/compare/constant/{size}")
    joined = Case("select and join of the same 100 documents", "/api/compare/joined")
    expect(joined, answer(joined).json()["items"] == listed)
    yield joined
    yield full
    yield Case("list of 100, summary", LIST)
    yield from _stock(pk)
    item = Case("one centre", f"/api/v1/centres/{chosen['id']}?locale=it")
    expect(item, answer(item).json() == chosen)
    yield item
    etag = answer(item)["ETag"]
    yield Case("304 by one indexed select", f"/api/compare/indexed/{chosen['id']}", status=304)
    yield replace(item, name="one centre, 304", headers={"If-None-Match": etag}, status=304)
    etag = answer(full)["ETag"]
    yield replace(full, name="list, 304", headers={"If-None-Match": etag}, status=304)
    yield from _far_pages()
    yield from _filters()


def _invented(item: dict[str, Any]) -> bool:
    return "Centro di prova" in item["title"]


def expect(case: Case, complete: bool) -> None:
    """Stop the run where the answer to *case* is not what the others are compared with."""
    if not complete:
        raise UnexpectedAnswerError(f"{case.name}: the answer is not complete.")


def _stock(pk: int) -> Iterator[Case]:
    pages = "/stock/v2/pages/?type=centres.CentrePage&locale=it&fields=*&limit=100&order=title"
    listed = Case("stock Wagtail v2, list of 100, fields=*", pages)
    items = answer(listed).json()["items"]
    expect(listed, len(items) == 100)
    full = [item for item in items if _invented(item)]
    expect(listed, len(full) >= 80 and all(len(item["activities"]) == 8 for item in full))
    expect(listed, all(item["seats"] and item["contacts"] and item["comuni"] for item in full))
    yield listed
    for name, path in (
        ("stock Wagtail v2, one centre", f"/stock/v2/pages/{pk}/"),
        ("stock Wagtail v3, one centre", f"/stock/v3/pages/{pk}/"),
    ):
        case = Case(name, path)
        item = answer(case).json()
        expect(case, len(item["activities"]) == 8 and bool(item["seats"]))
        yield case


def _far_pages() -> Iterator[Case]:
    first = Case("list of 100, full: first page", f"{LIST}&view=full")
    yield first
    yield replace(first, name="list of 100, full: last page", path=_last_full_page(first.path))
    feed = Case("feed, page of 100: first", CHANGES)
    yield feed
    yield replace(feed, name="feed, page of 100: tail", path=_last_full_page(feed.path))


def _last_full_page(path: str) -> str:
    """Follow ``next`` to the end; return the address of the last page that holds 100 items."""
    last = path
    while True:
        page = answer(Case("walk", path)).json()
        if len(page["items"]) == 100:
            last = path
        if not page["next"] or page.get("at_end"):
            return last
        following = urlsplit(page["next"])
        path = f"{following.path}?{following.query}"


def _filters() -> Iterator[Case]:
    """Yield one case for each kind of filter."""
    for name, query in _filter_queries().items():
        case = Case(f"filter {name}", f"{LIST}&{query}")
        expect(case, bool(answer(case).json()["items"]))
        yield case


def _filter_queries() -> dict[str, str]:
    comune = _most_used("comune")
    types = _most_used("activity_type")
    moment = timezone.localtime() + timedelta(days=(1 - timezone.localtime().weekday()) % 7 or 7)
    opening = moment.replace(hour=10, minute=0, second=0, microsecond=0).astimezone(
        timezone.get_fixed_timezone(0)
    )
    return {
        "comune": f"comune={comune}",
        "activity type": f"activity_type={types}",
        "open at": f"open_at={opening:%Y-%m-%dT%H:%M:%SZ}",
        "near": "near=45.82,8.83&radius=20000",
    }


def _most_used(name: str) -> str:
    values = Facet.objects.filter(resource="centres", name=name).values_list("value", flat=True)
    found = list(values)
    return max(set(found), key=found.count, default="")


def entries() -> int:
    """Return how many entries are shown."""
    return Entry.objects.filter(deleted=False).count()
