"""Small real images for tests."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(name: str, colour: str) -> SimpleUploadedFile:
    """Return a PNG of 40 × 30 pixels in one *colour*."""
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")
