"""Every value that makes no sense is a 400 that names its parameter and says what to use."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.reading import Reader

ANYWHERE = [
    "",
    " ",
    "\x00",
    "'; DROP TABLE family_delivery_entry; --",
    "<script>alert(1)</script>",
    "%",
    "null",
    "NaN",
    "Infinity",
    "-inf",
    "1e9",
    "-1",
    "٤٥",
    "x" * 5000,
    "[]",
    "{}",
]

WRONG = {
    "comune": ["12133", "0121333", "999999", "VA", "०१२१३३"],
    "province": ["va", "XX", "Varese", "V", "ＶＡ"],
    "legal_reference": ["1", "00000000-0000-0000-0000-000000000000", "DGR 2315/2019"],
    "district": ["1", "00000000-0000-0000-0000-000000000000", "{0}", "g" * 36],
    "activity_type": ["Ascolto", "no-such-type", "a--b", "-a", "x" * 61],
    "audience": ["everybody", "A", "a_b"],
    "age": ["121", "6.5", "six", "999999999999999999999", "6,7", "+6", "６"],
    "management": ["Public", "state", "public,private"],
    "role": ["HUB", "seat"],
    "open_now": ["True", "1", "false", "yes"],
    "open_at": [
        "2026-03-01",
        "2026-03-01T09:30:00",
        "now",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "2026-13-01T09:30:00Z",
        "2026-02-30T09:30:00Z",
        "2026-03-01T25:30:00Z",
        "2026-03-01T09:30:00+99:00",
        "٢٠٢٦-03-01T09:30:00Z",
        "1999-01-01T09:30:00Z",
        "2999-01-01T09:30:00Z",
    ],
    "near": [
        "45.8",
        "45.8,8.8,1",
        "91,8",
        "45,181",
        "45.8;8.8",
        "nan,nan",
        "inf,8",
        "1e1,8",
        "45.8, 8.8",
        "٤٥,8",
        ",",
    ],
    "radius": ["0", "200001", "1.5", "far"],
    "bbox": [
        "8,45,10",
        "8,45,10,46,1",
        "10,45,8,46",
        "179,45,-179,46",
        "8,46,10,45",
        "8,45,181,46",
        "8,-91,10,46",
        "a,b,c,d",
    ],
    "q": ["...", "!!", "a b c d e f g h i j k l m n o p r s t u v", "x" * 201],
}

# What is wrong nowhere else can be a word to look for.
WORDS = {"'; DROP TABLE family_delivery_entry; --", "<script>alert(1)</script>", "null", "NaN"}
WORDS |= {"Infinity", "-inf", "1e9", "-1", "٤٥"}

CASES = [
    (name, value)
    for name, values in WRONG.items()
    for value in [*values, *ANYWHERE]
    if not (name == "q" and value in WORDS)
]


@pytest.mark.parametrize(("name", "value"), CASES)
def test_wrong_value(reader: Reader, name: str, value: str) -> None:
    other = "&near=45.8,8.8" if name == "radius" else ""
    response = reader.get(f"/api/v1/centres?{name}={quote(value)}{other}")
    assert response.status_code == 400, value
    assert response["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["field"] == name
    assert error["detail"]


@pytest.mark.parametrize(
    "value", sorted(WORDS | {"100%", "_", "famiglia OR 1=1", "\\", "é"} - {"_", "\\"})
)
def test_any_words_can_be_looked_for(reader: Reader, value: str) -> None:
    answer = reader.json(f"/api/v1/centres?q={quote(value)}")
    assert answer == {"items": [], "next": None}


@pytest.mark.parametrize("name", ["comune", "age", "district", "activity_type"])
def test_too_many_values(reader: Reader, name: str) -> None:
    response = reader.get("/api/v1/centres?" + "&".join(f"{name}={n}" for n in range(51)))
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(
    ("path", "field", "said"),
    [
        ("centres?radius=100", "radius", "near"),
        ("centres?near=45,8&near=46,9", "near", "once"),
        ("centres?q=a&q=b", "q", "once"),
        ("centres?comune=012133&comune=999999", "comune", "999999"),
        ("centres?province=VA&province=ZZ", "province", "ZZ"),
        ("centres?activity_type=nothing-like-it", "activity_type", "nothing-like-it"),
        ("legal-references?year=1860", "year", "1861"),
        ("legal-references?act_type=law", "act_type", "legge"),
        ("organisations?sector=church", "sector", "public"),
        ("places?comune=000000", "comune", "000000"),
        ("districts?comune=012133", "comune", "Unknown"),
        ("places?open_now=true", "open_now", "Unknown"),
    ],
)
def test_what_is_said(reader: Reader, path: str, field: str, said: str) -> None:
    response = reader.get(f"/api/v1/{path}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["field"] == field
    assert said in error["detail"]
