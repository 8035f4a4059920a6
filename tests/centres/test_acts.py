"""Citations, relations between acts, and dates that are only partly known."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from centres.act_relations import ActRelation, check_relation
from centres.citations import ActType, Citation, find_citations, resolver_url
from cms.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("citation", "short", "full"),
    [
        (
            Citation(
                ActType.REGIONAL_RESOLUTION, "", "XII", "1507", 2023, PartialDate(2023, 12, 13)
            ),
            "DGR 1507/2023",
            "DGR n. XII/1507 del 13 dicembre 2023",
        ),
        (
            Citation(ActType.REGIONAL_RESOLUTION, "", "XI", "5392", 2021),
            "DGR 5392/2021",
            "DGR n. XI/5392 del 2021",
        ),
        (
            Citation(ActType.REGIONAL_LAW, "", "", "23", 1999, PartialDate(1999, 12)),
            "L.r. 23/1999",
            "L.r. n. 23 del dicembre 1999",
        ),
    ],
)
def test_citation_is_computed_and_stays_italian(citation: Citation, short: str, full: str) -> None:
    with override("en"):
        assert (citation.short(), citation.full()) == (short, full)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la DGR 5392/2021 e altro", [("dgr", "", "5392", 2021)]),
        ("D.G.R. n. XI/5392", [("dgr", "XI", "5392", None)]),
        ("l.r. 23/1999", [("legge-regionale", "", "23", 1999)]),
        ("L. 4/2004 art. 3-quater", [("legge", "", "4", 2004)]),
        (
            "D.Lgs. 106/2018 e d.l. 223/2006",
            [("decreto-legislativo", "", "106", 2018), ("decreto-legge", "", "223", 2006)],
        ),
        ("DGR n. 1507 del 13 dicembre 2023", [("dgr", "", "1507", 2023)]),
        ("via Legnano 4, l'11 maggio 2023", []),
    ],
)
def test_citations_are_found_in_plain_text(
    text: str, expected: list[tuple[str, str, str, int | None]]
) -> None:
    found = [
        (act.act_type.value, act.legislature, act.number, act.year) for act in find_citations(text)
    ]
    assert found == expected


def test_only_state_laws_have_a_sure_resolver() -> None:
    urn = "urn:nir:stato:legge:2006-12-27;296"
    assert resolver_url(urn) == f"https://www.normattiva.it/uri-res/N2Ls?{urn}"
    assert resolver_url("urn:nir:regione.lombardia:legge:1999-12-06;23") is None


@pytest.mark.parametrize(
    ("relation", "act", "target", "act_date", "target_date", "changes", "code"),
    [
        ("related_to", "a", "a", "2020", "2020", {}, "self_relation"),
        ("changes", "a", "b", "2019", "2020", {}, "earlier_act"),
        ("changes", "a", "b", "2020", "2020-05", {}, None),
        ("related_to", "a", "b", "2019", "2020", {}, None),
        ("changes", "a", "b", "2020", "2020", {"b": {"a"}}, "cycle"),
        ("changes", "a", "c", "2020", "2020", {"c": {"b"}, "b": {"a"}}, "cycle"),
        ("changes", "c", "a", "2020", "2020", {"c": {"b"}, "b": {"a"}}, None),
    ],
)
def test_relations_that_cannot_be(
    relation: str,
    act: str,
    target: str,
    act_date: str,
    target_date: str,
    changes: dict[str, set[str]],
    code: str | None,
) -> None:
    def check() -> None:
        check_relation(
            act,
            ActRelation(relation),
            target,
            act_date=PartialDate.parse(act_date),
            target_date=PartialDate.parse(target_date),
            changes=changes,
        )

    if code is None:
        check()
        return
    with pytest.raises(ValidationError) as caught:
        check()
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["2024", "2024-12", "2024-02-29"])
def test_partial_dates_keep_their_precision(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2023-02-29", "2024-1", "x"])
def test_other_texts_are_no_partial_dates(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_partial_dates_in_words() -> None:
    with override("it"):
        assert PartialDate(2024, 12).in_words() == "dicembre 2024"
        assert PartialDate(2024, 12, 3).in_words() == "3 dicembre 2024"
    with override("en"):
        assert PartialDate(2024, 12).in_words() == "December 2024"
    assert PartialDate(2024).in_words() == "2024"
