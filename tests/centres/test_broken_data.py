"""A broken data file names every row, in Italian, and nothing is loaded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from centres.comuni import ComuniFileError, load_comuni
from centres.demo import facts
from centres.models import Comune
from cms.delivery.drain import drain_all
from cms.delivery.models import Feed

HERE = Path(facts.__file__).parent
Break = Callable[[Any], None]


def _set(*path: Any) -> Break:
    """Return what sets the value at all but the last step of *path* to the last."""

    def change(value: Any) -> None:
        *steps, last, new = path
        for step in steps:
            value = value[step]
        value[last] = new

    return change


CENTRES = "insubria-centres.json"
LEGAL = "legal-references.json"
BROKEN: list[tuple[str, Break, str, str]] = [
    (
        CENTRES,
        _set("centres", 2, "activities", 0, "age_min", "six"),
        "centres.2.activities.0.age_min",
        "Deve essere un numero.",
    ),
    (
        CENTRES,
        _set("centres", 0, "comuni", 0, "999999"),
        "centres.0.comuni.0",
        "Non esiste un comune con il codice ISTAT 999999.",
    ),
    (
        CENTRES,
        _set("centres", 0, "places", 0, "istat_code", "999999"),
        "centres.0.places.0.istat_code",
        "Non esiste un comune con il codice ISTAT 999999.",
    ),
    (CENTRES, _set("centres", 0, "phone", "12"), "centres.0.phone", "Indica un numero di telefono"),
    (
        CENTRES,
        _set("centres", 0, "website", "javascript:alert(1)"),
        "centres.0.website",
        "Inserisci un URL valido.",
    ),
    (
        CENTRES,
        _set("centres", 0, "hours", 0, "to", "08:00"),
        "centres.0.hours.0.to",
        "Finisce prima di cominciare.",
    ),
    (
        CENTRES,
        _set("centres", 0, "hours", 1, "from", "12:00"),
        "centres.0.hours.1.from",
        "Questi orari si sovrappongono",
    ),
    (CENTRES, _set("centres", 0, "hours", 0, "days", "FR-MO"), "centres.0.hours.0.days", "FR-MO"),
    (
        CENTRES,
        _set("centres", 0, "activities", 0, "place", "altrove"),
        "centres.0.activities.0.place",
        "Il centro non ha un luogo chiamato altrove.",
    ),
    (
        LEGAL,
        _set(
            "relations", 0, {"from": "dgr-1507-2023", "relation": "changes", "to": "dgr-1507-2023"}
        ),
        "relations.0",
        "Un atto non ha relazioni con sé stesso.",
    ),
    (
        LEGAL,
        _set(
            "relations", 0, {"from": "dgr-2315-2019", "relation": "changes", "to": "dgr-1507-2023"}
        ),
        "relations.0",
        "Un atto precedente non può",
    ),
    (
        LEGAL,
        _set("relations", 0, "to", "dgr-0-1900"),
        "relations.0",
        "Nessun atto ha la chiave dgr-0-1900.",
    ),
]


@pytest.mark.parametrize(("name", "change", "where", "message"), BROKEN)
def test_row_is_named_and_nothing_is_loaded(
    db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: Break,
    where: str,
    message: str,
) -> None:
    for path in HERE.glob("*.json"):
        shutil.copy(path, tmp_path)
    broken = json.loads((HERE / name).read_text(encoding="utf-8"))
    change(broken)
    (tmp_path / name).write_text(json.dumps(broken), encoding="utf-8")
    monkeypatch.setattr(facts.read, "__defaults__", (tmp_path,))
    head = Feed.objects.get().head
    with pytest.raises(CommandError) as caught:
        call_command("load_demo", verbosity=0)
    first, *rows = str(caught.value).splitlines()
    assert first == f"{name}:"
    assert [row for row in rows if row.startswith(f"  {where}: {message}")], rows
    drain_all()
    assert Feed.objects.get().head == head


def test_every_broken_row_is_reported(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in HERE.glob("*.json"):
        shutil.copy(path, tmp_path)
    broken = json.loads((HERE / CENTRES).read_text(encoding="utf-8"))
    for _name, change, _where, _message in BROKEN[1:4]:
        change(broken)
    (tmp_path / CENTRES).write_text(json.dumps(broken), encoding="utf-8")
    monkeypatch.setattr(facts.read, "__defaults__", (tmp_path,))
    with pytest.raises(CommandError) as caught:
        call_command("load_demo", verbosity=0)
    assert len(str(caught.value).splitlines()) == 1 + 3


def test_file_that_is_no_json(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "activity-types.json").write_text('[{"number": 1,]', encoding="utf-8")
    monkeypatch.setattr(facts.read, "__defaults__", (tmp_path,))
    with pytest.raises(CommandError, match="Non è JSON valido dalla riga 1, colonna 15"):
        call_command("load_demo", verbosity=0)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("12,Agra,Varese,VA,A085,21010,46.0,8.7", "istat_code: Un codice ISTAT ha sei cifre."),
        ("012001,Agra,Varese,VA,A085,21010,north,8.7", "una coordinata non è un numero."),
        ("012001,Agra,Varese", "manca una colonna."),
    ],
)
def test_broken_row_of_comuni(db: None, tmp_path: Path, row: str, message: str) -> None:
    header = (HERE.parent / "data" / "comuni-lombardia.csv").read_text().splitlines()[0]
    path = tmp_path / "comuni.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    before = Comune.objects.get(pk="012001").latitude
    with pytest.raises(ComuniFileError, match=r"comuni\.csv, riga 2: ") as caught:
        load_comuni(path)
    assert message in str(caught.value)
    assert Comune.objects.get(pk="012001").latitude == before
