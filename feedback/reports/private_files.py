"""Where attachments are kept: in a storage of their own, below no address.

A host names it in ``STORAGES["feedback_private"]``, or gives a folder outside of ``MEDIA_ROOT`` in
``FAMILY_CENTRES["PRIVATE_ROOT"]``. Without either no attachment is taken.
"""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import SimpleLazyObject

from cms import conf

ALIAS = "feedback_private"


class PrivateStorage(FileSystemStorage):
    """A folder that has no address. Django's own would name one below ``MEDIA_URL``."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no URL.")


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
        raise RuntimeError("Set PRIVATE_ROOT in FAMILY_CENTRES to keep attachments.")
    return PrivateStorage(
        location=root,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )
