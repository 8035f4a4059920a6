"""Bulk writes to projected models are found, and only those."""

from __future__ import annotations

from textwrap import indent

import pytest
from wagtail.models import Page

from centres.models import CentrePage, Comune, LegalRelation, Seat
from cms.delivery import marking
from cms.delivery.marking import mark
from cms.delivery.models import Entry
from cms.delivery.projected import projected_models
from scripts.bulk_writes import Write, faults, refused, repository_writes, writes

NAMES = (CentrePage, Comune, Entry, LegalRelation, Page, Seat, mark, marking)
"""What the sources below mean by these names."""


def _refused(body: str) -> list[tuple[str, str | None]]:
    source = "def write(rows, manager, page):\n" + indent(body, "    ")
    found = refused(writes(source, __name__), projected_models())
    return [(item.method, item.model.__name__ if item.model else None) for item in found]


@pytest.mark.parametrize(
    ("body", "method", "model"),
    [
        ("CentrePage.objects.bulk_create(rows)", "bulk_create", "CentrePage"),
        ("CentrePage.objects.filter(pk=1).update(live=False)", "update", "CentrePage"),
        ("Seat._default_manager.all().update(note='')", "update", "Seat"),
        ("LegalRelation._base_manager.bulk_update(rows, ['target'])", "bulk_update", None),
        ("Page.objects.filter(path='0').order_by('pk').delete()", "delete", "Page"),
        ("CentrePage.objects.filter(pk=1).update(**rows)", "update", "CentrePage"),
        ("found = CentrePage.objects.all()\nfound.update(live=False)", "update", "CentrePage"),
        ("manager.bulk_create(rows)", "bulk_create", None),
        ("manager.update(live=False)", "update", None),
        ("page.seats.all().delete()", "delete", None),
        ("CentrePage.objects.get(pk=1).seats.all().delete()", "delete", None),
        ("make = CentrePage.objects.bulk_create\nmake(rows)", "bulk_create", "CentrePage"),
        ("getattr(CentrePage.objects, 'update')(live=False)", "update", "CentrePage"),
        ("async def f(): await CentrePage.objects.aupdate(live=False)", "aupdate", "CentrePage"),
        ("rows = Comune.objects.all()\nrows.update(name='')", "update", None),
        ("CentrePage = Comune\nCentrePage.objects.update(name='')", "update", None),
        ("mark = print\nmark('x')\nSeat.objects.update(note='')", "update", "Seat"),
        ("def other(): mark('x')\nrows.save()\nmanager.delete()", "delete", None),
    ],
)
def test_a_bulk_write_is_refused(body: str, method: str, model: str | None) -> None:
    found = _refused(body)
    assert [item for item, _model in found] == [method]
    assert model is None or found[0][1] == model


@pytest.mark.parametrize(
    "body",
    [
        "Comune.objects.bulk_create(rows)",
        "Entry.objects.filter(pk=1).update(deleted=True)",
        "known = {}\nknown.update(rows)\nknown.update({'a': 1})",
        "cache.delete('key')",
        "CentrePage.objects.get(pk=1).delete()",
        "centre = CentrePage.objects.first()\ncentre.delete()",
        "CentrePage.objects.bulk_create(rows)\nmark('everything')",
        "mark('everything')\nmanager.update(live=False)",
        "marking.mark('everything')\nmanager.update(live=False)",
        "from cms.delivery.marking import mark\nmark('everything')\nmanager.bulk_create(rows)",
    ],
)
def test_what_sends_signals_or_marks_is_allowed(body: str) -> None:
    assert _refused(body) == []


def test_a_mark_in_another_function_allows_nothing() -> None:
    source = "def first():\n    mark('x')\ndef second():\n    Seat.objects.update(note='')\n"
    (found,) = refused(writes(source, __name__), projected_models())
    assert (found.function, found.line) == ("second", 4)


def test_our_sources_write_in_bulk_only_where_documents_follow() -> None:
    found = repository_writes()
    assert len(found) >= 5
    assert faults(refused(found, projected_models())) == []


def test_the_fault_says_where_and_what_to_do() -> None:
    write = Write("centres.imports", "load", 7, "update", Seat, is_marked=False)
    told = faults([write])
    assert any(line.startswith("centres.imports:7: load calls update() on Seat") for line in told)
    assert any("needs it no longer" in line for line in told)
