"""Attachments: told by their content, bounded, named anew, and reached by no address."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from feedback.reports.attachments import (
    MAX_SIZE,
    clean_name,
    delete_abandoned,
    sniffed_type,
)
from feedback.reports.models import AccessibilityReport, ReportAttachment
from tests.feedback.sending import WORDS, Citizen

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, kind)
    return file.getvalue()


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", "a")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), ""),
        ("Perché no?\n".encode(), "text/plain"),
        (b"\xef\xbb\xbfText", "text/plain"),
        (b"<!-- a --> <!DOCTYPE html><html>", "text/html"),
        (b"<?xml version='1.0'?>\n<html xmlns=''>", "text/html"),
        (b"<svg xmlns=''><script/></svg>", "text/plain"),
        (b"<!--" * 100_000, "text/plain"),
        (archive(), ""),
        (b"MZ\x90\x00\x03", ""),
        (b"#!/bin/sh\necho\n", "text/plain"),
        (b"text\x00text", ""),
        ("Perché".encode("latin-1"), ""),
        (b"%PDF", "text/plain"),
    ],
)
def test_type_is_told_by_content(content: bytes, media_type: str) -> None:
    assert sniffed_type(content) == media_type


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("schermata.PNG", "schermata.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        ("a\r\nX-Header: b.pdf", "aX-Header b.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ('"; rm -rf".pdf', "rm -rf.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("x" * 500 + ".pdf", "x" * 96 + ".pdf"),
        ("città e così.pdf", "città e così.pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name, "application/pdf") == clean


def attached(citizen: Citizen, name: str, content: bytes) -> Citizen:
    return citizen.to_summary(attachment=SimpleUploadedFile(name, content))


def test_file_is_kept_with_the_report_in_private(citizen: Citizen) -> None:
    attached(citizen, "schermata.txt", picture("PNG")).post("send")
    attachment = AccessibilityReport.objects.get().attachments.get()
    assert (attachment.name, attachment.media_type) == ("schermata.png", "image/png")
    stored = Path(attachment.file.path)
    assert stored.read_bytes() == picture("PNG")
    assert "schermata" not in str(stored)
    assert not stored.is_relative_to(django_settings.MEDIA_ROOT)
    assert stored.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="URL"):
        _ = attachment.file.url


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", archive()),
        ("a.png", b"MZ\x90\x00"),
        ("a.txt", b""),
        ("a.pdf", PDF + b"x" * MAX_SIZE),
    ],
)
def test_file_that_is_not_taken_is_named_and_every_word_kept(
    citizen: Citizen, name: str, content: bytes
) -> None:
    attached(citizen, name, content)
    assert citizen.response.status_code == 422
    assert citizen.step == "data"
    assert len(citizen.faults()) == 1
    assert WORDS.items() <= citizen.fields().items()
    assert not ReportAttachment.objects.exists()
    citizen.post().post("send")
    assert citizen.response.status_code == 303


def test_fifty_megabytes_lose_no_word(citizen: Citizen) -> None:
    attached(citizen, "a.pdf", PDF + b"x" * 50 * 1024 * 1024)
    assert citizen.response.status_code == 422
    assert WORDS.items() <= citizen.fields().items()
    assert not ReportAttachment.objects.exists()


def test_file_is_kept_while_other_fields_are_put_right(citizen: Citizen) -> None:
    attached_wrong = {**WORDS, "email": "", "attachment": SimpleUploadedFile("a.pdf", PDF)}
    citizen.open().post(privacy="on").post(**{**attached_wrong, "page": "/it/"})
    assert citizen.response.status_code == 422
    assert b"a.pdf" in citizen.response.content
    citizen.post(email="a@example.org").post("send")
    assert AccessibilityReport.objects.get().attachments.get().name == "a.pdf"


def test_file_can_be_replaced_and_removed(citizen: Citizen) -> None:
    attached(citizen, "a.pdf", PDF).post("edit")
    citizen.post(attachment=SimpleUploadedFile("b.txt", b"b"))
    assert [item.name for item in ReportAttachment.objects.all()] == ["b.txt"]
    citizen.post("edit").post(remove="on").post("send")
    assert not ReportAttachment.objects.exists()
    assert AccessibilityReport.objects.count() == 1


def test_double_submission_with_a_file_is_one_report(citizen: Citizen) -> None:
    attached(citizen, "a.pdf", PDF)
    data = {**citizen.fields(), "step": "send"}
    action = citizen.soup_action()
    first, second = (citizen.client.post(action, data) for _time in range(2))
    assert first.url == second.url
    assert AccessibilityReport.objects.get().attachments.count() == 1


def test_file_of_a_form_never_sent_is_deleted_after_a_day(citizen: Citizen) -> None:
    attached(citizen, "a.pdf", PDF)
    attachment = ReportAttachment.objects.get()
    assert not delete_abandoned()
    attachment.uploaded_at = timezone.now() - timedelta(days=1, minutes=1)
    attachment.save()
    delete_abandoned()
    assert not Path(attachment.file.path).exists()
    citizen.post("send")
    assert (citizen.response.status_code, citizen.step) == (422, "data")
    assert len(citizen.faults()) == 1
    citizen.post().post("send")
    assert citizen.response.status_code == 303


def test_file_of_another_form_cannot_be_taken(citizen: Citizen) -> None:
    attached(citizen, "a.pdf", PDF).post("send")
    first = AccessibilityReport.objects.get()
    citizen.to_summary(description="Altro").post("send")
    assert first.attachments.count() == 1


def test_no_file_is_taken_without_a_place_for_it(citizen: Citizen, settings: Any) -> None:
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "PRIVATE_ROOT": ""}
    citizen.open().post(privacy="on")
    assert not citizen.soup.select("input[type=file]")
    citizen.post(**{**WORDS, "page": "/it/", "attachment": SimpleUploadedFile("a.pdf", PDF)})
    citizen.post("send")
    assert citizen.response.status_code == 303
    assert not ReportAttachment.objects.exists()


def test_too_many_files_are_refused_with_every_word(citizen: Citizen, settings: Any) -> None:
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "REPORT_RATE_LIMIT": "1/hour"}
    attached(citizen, "a.pdf", PDF)
    attached(citizen, "b.pdf", PDF)
    assert citizen.response.status_code == 422
    assert WORDS.items() <= citizen.fields().items()


@pytest.mark.parametrize("place", ["", "below", ".."])
def test_check_refuses_a_private_folder_that_is_served(settings: Any, place: str) -> None:
    root = str((Path(settings.MEDIA_ROOT) / place).resolve())
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "PRIVATE_ROOT": root}
    assert [item.id for item in run_checks()] == ["family_feedback.E001"]


def test_media_address_serves_no_attachment(citizen: Citizen, anybody: Client) -> None:
    attached(citizen, "a.pdf", PDF).post("send")
    name = ReportAttachment.objects.get().file.name
    assert anybody.get(f"/media/{name}", follow=True).status_code == 404
