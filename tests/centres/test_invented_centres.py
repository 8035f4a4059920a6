"""Invented centres are written in bulk, and are what ordinary publishing would have made."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page

from centres.demo.invented import make_centres
from centres.models import CentrePage
from cms.delivery.drain import drain_all
from cms.delivery.models import Feed, Mark, Pending
from cms.delivery.verification import discrepancies
from tests.reading import Reader

COUNT = 4


@pytest.fixture
def invented(db: None) -> list[CentrePage]:
    call_command("make_centres", count=COUNT, drain=True, verbosity=0)
    return list(CentrePage.objects.filter(slug__startswith="prova-").order_by("pk"))


def test_they_are_whole(invented: list[CentrePage], reader: Reader) -> None:
    shown = {item["id"]: item for item in reader.items("centres")}
    assert len(invented) == COUNT
    for page in invented:
        document = shown[str(page.translation_key)]
        assert [part["value"]["title"] for part in document["activities"] if part["id"]]
        assert len(document["activities"]) == 8
        assert len(document["seats"]) == 2
        assert len(document["contacts"]) == 3
        assert document["comuni"]
        assert document["legal_basis"]
        assert document["district"]
        assert document["body"]
    assert len({page.title for page in invented}) == COUNT


def test_all_that_depends_on_them_was_marked(invented: list[CentrePage]) -> None:
    assert not Mark.objects.exists()
    assert not Pending.objects.exists()
    assert discrepancies() == []


def test_publishing_one_of_them_changes_no_document(invented: list[CentrePage]) -> None:
    head = Feed.objects.get().head
    page = CentrePage.objects.get(pk=invented[0].pk)
    page.full_clean()
    page.save_revision().publish()
    assert drain_all() > 0
    assert Feed.objects.get().head == head


def test_the_tree_is_sound(invented: list[CentrePage]) -> None:
    assert not any(Page.find_problems())


def test_a_seed_makes_the_same_ones(db: None) -> None:
    def made(seed: int) -> list[tuple[Any, ...]]:
        with transaction.atomic():
            make_centres(3, seed)
            pages = CentrePage.objects.filter(slug__startswith="prova-").order_by("pk")
            found = [
                (page.translation_key, page.title, page.activities.raw_data[0]["id"])
                for page in pages
            ]
            transaction.set_rollback(True)
        return found

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_a_second_run_adds_to_the_first(invented: list[CentrePage]) -> None:
    assert make_centres(2) == COUNT + 2
    slugs = CentrePage.objects.filter(slug__startswith="prova-").values_list("slug", flat=True)
    assert len(set(slugs)) == COUNT + 2


def test_only_a_demonstration_takes_them(db: None, settings: Any) -> None:
    settings.FAMILY_CENTRES = {"DEMO": False}
    with pytest.raises(CommandError, match="DEMO"):
        call_command("make_centres", count=1)
    assert not CentrePage.objects.filter(slug__startswith="prova-").exists()
