"""The pattern of a parameter and its reader agree: neither takes what the other refuses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.http.geography import BoxFilter, NearFilter, position
from cms.http.openapi.schemas import without_nul
from cms.http.paths import PATH, PublicPath

NEAR = str(NearFilter.NEAR.schema["pattern"])
BOX = str(BoxFilter.BBOX.schema["pattern"])
PATHS = str(PATH.schema["pattern"])


@given(st.from_regex(NEAR, fullmatch=True))
def test_whatever_the_pattern_of_near_allows_is_a_position(text: str) -> None:
    latitude, longitude = position(text)
    assert abs(latitude) <= 90
    assert abs(longitude) <= 180


@given(st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,16})?,-?[0-9]{1,4}(\.[0-9]{1,16})?", fullmatch=True))
def test_pattern_of_near_allows_every_position(text: str) -> None:
    try:
        position(text)
    except ValueError:
        assert re.search(NEAR, text) is None
    else:
        assert re.search(NEAR, text)


@pytest.mark.parametrize("latitude", ["0", "9", "89.999", "90", "90.0", "090", "-90", "045", "-0"])
@pytest.mark.parametrize("longitude", ["0", "99", "099", "179.9", "180", "180.0", "-180", "008"])
def test_edges_are_within_the_patterns(latitude: str, longitude: str) -> None:
    position(f"{latitude},{longitude}")
    assert re.search(NEAR, f"{latitude},{longitude}")
    assert re.search(BOX, f"{longitude},{latitude},{longitude},{latitude}")


@pytest.mark.parametrize("latitude", ["90.1", "91", "100", "-900", "", "+1", "1.", ".5", "1e1"])
@pytest.mark.parametrize("longitude", ["180.1", "181", "190", "999", "-200", "", "0x1"])
def test_what_lies_beyond_is_in_no_pattern(latitude: str, longitude: str) -> None:
    assert re.search(NEAR, f"{latitude},0") is None
    assert re.search(NEAR, f"0,{longitude}") is None
    assert re.search(BOX, f"{longitude},0,0,0") is None
    assert re.search(BOX, f"0,0,0,{latitude}") is None


@given(st.from_regex(PATHS, fullmatch=True).filter(lambda text: "%00" not in text))
def test_whatever_the_pattern_of_a_path_allows_is_read(text: str) -> None:
    assert PublicPath.parse(text).path.endswith("/")


@pytest.mark.parametrize(
    "text", ["/", "/it/?x=1#y", "https://x.example", "http://x:65535/it/", "http://x?y"]
)
def test_paths_and_addresses_are_in_the_pattern(text: str) -> None:
    assert re.search(PATHS, text)


@pytest.mark.parametrize(
    "text", ["it/", "", "ftp://x/", "http://[/", "http://x:65536/", "//[", "/\x00", "x\n/it/"]
)
def test_what_is_no_path_is_not_in_the_pattern(text: str) -> None:
    assert re.search(PATHS, text) is None


@given(st.text())
def test_free_text_is_everything_but_nul(text: str) -> None:
    pattern = without_nul({"type": "array", "items": {"type": "string"}})["items"]["pattern"]
    assert bool(re.search(pattern, text)) is ("\x00" not in text)


@pytest.mark.parametrize("key", ["enum", "format", "pattern"])
def test_what_is_no_free_text_gets_no_pattern(key: str) -> None:
    schema = {"type": "string", key: "x"}
    assert without_nul(schema) == schema
