"""Sizes of images: the worker makes them, builds show those that exist."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.images.models import Rendition

from centres.models import CentrePage
from cms.delivery.drain import drain_all, drain_own
from cms.delivery.models import Mark, RenditionRequest
from cms.delivery.renditions import MAX_FAILURES, SIZES, make_renditions
from cms.delivery.verification import discrepancies
from tests.reading import Reader

PAGE = "/it/centri-per-le-famiglie/saronno/"


def _file(colour: str, name: str = "photo.jpg", width: int = 1000) -> ContentFile[bytes]:
    content = BytesIO()
    PillowImage.new("RGB", (width, 700), colour).save(content, "JPEG")
    return ContentFile(content.getvalue(), name)


def _upload(colour: str = "red") -> Any:
    return get_image_model().objects.create(title="Photo", file=_file(colour))


@pytest.fixture
def centre(db: None, settings: Any, tmp_path: Path) -> CentrePage:
    """A centre with one image of its own and two in its body; nothing is made yet."""
    settings.MEDIA_ROOT = str(tmp_path)
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    image = _upload("red")
    centre.image, centre.image_alt = image, "The entrance"
    centre.body = [
        ("image", _in_body(image)),
        ("image", _in_body(_upload("blue"))),
        ("paragraph", "<p>After the image</p>"),
    ]
    centre.save_revision().publish()
    drain_all()
    return centre


def _in_body(image: Any) -> Any:
    image.contextual_alt_text, image.decorative = "The garden", False
    return image


def _document(reader: Reader, centre: CentrePage) -> Any:
    return reader.json(f"/api/v1/centres/{centre.translation_key}?locale=it")


def _sizes(document: Any) -> list[list[int]]:
    body = [block for block in document["body"] if block["type"] == "image"]
    shown = [document["images"], *(block["value"]["renditions"] for block in body)]
    return [[size["width"] for size in sizes] for sizes in shown]


def test_page_and_api_before_and_after_the_worker(reader: Reader, centre: CentrePage) -> None:
    before = _document(reader, centre)
    assert _sizes(before) == [[]], "an image without any size is left out of the body"
    assert "After the image" in reader.page(PAGE).get_text()
    assert not reader.page(PAGE).select("main img")
    assert Rendition.objects.count() == 0
    assert RenditionRequest.objects.count() == 2

    assert make_renditions() == 2
    drain_all()
    after = _document(reader, centre)
    assert _sizes(after) == [[400, 800, 1000]] * 3
    assert after["sequence"] > before["sequence"]
    (first, *_others) = after["images"]
    assert (first["alt"], first["mime"]) == ("The entrance", "image/jpeg")
    pictures = reader.page(PAGE).select("main img")
    assert [picture["alt"] for picture in pictures] == ["The entrance", *["The garden"] * 2]
    assert all(picture["src"] for picture in pictures)
    assert RenditionRequest.objects.count() == 0
    assert make_renditions() == 0
    assert discrepancies() == []


def test_neither_editor_nor_drain_makes_anything(
    reader: Reader, centre: CentrePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*args: object) -> None:
        raise AssertionError("a rendition was made")

    monkeypatch.setattr(get_image_model(), "generate_rendition_instance", forbidden)
    centre.title = "Saronno, with images"
    centre.save_revision().publish()
    drain_own()
    drain_all()
    assert _document(reader, centre)["title"] == "Saronno, with images"
    assert Rendition.objects.count() == 0


def test_sizes_of_a_body_are_read_with_one_query(centre: CentrePage) -> None:
    make_renditions()
    Mark.objects.create(key=f"page:{centre.translation_key}", locale="it")
    with CaptureQueriesContext(connection) as queries:
        drain_own()
    reads = [
        query["sql"]
        for query in queries.captured_queries
        if 'FROM "wagtailimages_rendition"' in query["sql"]
    ]
    # One for the page's own image, one for all others of its body.
    assert 1 <= len(reads) <= 2


def test_checking_writes_nothing(centre: CentrePage) -> None:
    RenditionRequest.objects.all().delete()
    assert discrepancies() == []
    assert RenditionRequest.objects.count() == 0


def test_replaced_file_gets_new_sizes(reader: Reader, centre: CentrePage) -> None:
    make_renditions()
    drain_all()
    before = _document(reader, centre)["images"]
    image = centre.image
    # What Wagtail's form does when the file has changed.
    image.file = _file("green", "other.jpg", width=600)
    image.renditions.all().delete()
    image.save()
    drain_all()
    assert _document(reader, centre)["images"] == []
    make_renditions()
    drain_all()
    after = _document(reader, centre)["images"]
    assert [size["width"] for size in after] == [400, 600, 600]
    assert {size["url"] for size in after}.isdisjoint(size["url"] for size in before)


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_bad_file_is_given_up_and_harms_no_other(
    reader: Reader, centre: CentrePage, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = Path(centre.image.file.path)
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"\xff\xd8\xff no image at all")
    attempts = 0
    while make_renditions():
        attempts += 1
        drain_all()
        assert attempts <= MAX_FAILURES, "it never ends"
    assert attempts == MAX_FAILURES
    (request,) = RenditionRequest.objects.all()
    assert (request.image, request.failures) == (str(centre.image.pk), MAX_FAILURES)
    assert request.error
    assert sum("Could not make" in record.message for record in caplog.records) == MAX_FAILURES
    assert _sizes(_document(reader, centre)) == [[], [400, 800, 1000]]
    # A later edit of the page asks in vain; another file does not.
    centre.save_revision().publish()
    drain_all()
    assert make_renditions() == 0
    centre.image.file = _file("green", "whole.jpg")
    centre.image.save()
    assert make_renditions() == 1
    drain_all()
    assert _sizes(_document(reader, centre)) == [[400, 800, 1000]] * 3


def test_upload_asks_at_once_and_deletion_forgets(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    image = _upload()
    assert RenditionRequest.objects.filter(pk=str(image.pk)).exists()
    make_renditions()
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(SIZES)
    image.save()
    image.delete()
    assert RenditionRequest.objects.count() == 0
