"""Where attachments are kept: in a storage of their own, below no address.

A host names it in ``STORAGES["feedback_private"]``, or gives a folder outside of ``MEDIA_ROOT`` in
``FAMILY_CENTRES["PRIVATE_ROOT"]``. Without either no attachment is taken.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import SimpleLazyObject

from cms import conf

ALIAS = "feedback_private"


class PrivateStorage(FileSystemStorage):
    """A folder that has no address. Django's own would name one below ``MEDIA_URL``."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no URL.")


class NoPlace(Storage):
    """Stands where a host named no place: its models load, and a file that is kept is an error."""

    def _save(self, name: str, content: File[Any]) -> str:
        raise RuntimeError("Set PRIVATE_ROOT in FAMILY_CENTRES to keep attachments.")

    def exists(self, name: str) -> bool:
        return False


def is_configured() -> bool:
    """Whether there is a place for attachments."""
    return ALIAS in settings.STORAGES or bool(conf.private_root())


def private_storage() -> Storage:
    """Return the storage; it is looked up when a file is read or written."""
    return SimpleLazyObject(_storage)  # type: ignore[return-value]


def _storage() -> Storage:
    if ALIAS in settings.STORAGES:
        return storages[ALIAS]
    root = conf.private_root()
    if not root:
        return NoPlace()
    return PrivateStorage(
        location=root,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )
