"""Who publishes the API: what the document says of the installation it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Site

from cms.delivery import links
from cms.delivery.models import Entry
from cms.delivery.reads import Reads
from cms.http.locales import configured
from cms.models import AgencySettings


@dataclass(frozen=True)
class Publisher:
    """*root* is the address below which the API stands, without a trailing slash.

    *locales* are those that readers may ask for.
    """

    root: str
    name: str
    email: str
    terms: str
    licence: str
    locales: tuple[str, ...]

    @property
    def is_sandbox(self) -> bool:
        """Whether it is served without TLS, as only a demonstration may be."""
        return not self.root.startswith("https://")


EXAMPLE = Publisher(
    root="https://www.example.org",
    name="The agency",
    email="info@example.org",
    terms="https://www.example.org/legal-notes/",
    licence="https://creativecommons.org/licenses/by/4.0/",
    locales=("it", "en"),
)
"""Stands in the document that is kept in the repository, which no installation may colour."""


def current_publisher() -> Publisher:
    """Read the publisher from the default site and its agency."""
    root = links.base_url(Reads())
    site = Site.objects.filter(is_default_site=True).first()
    agency = AgencySettings.for_site(site) if site else AgencySettings()
    notes = agency.legal_notes_page
    path = ""
    if notes is not None:
        entry = Entry.objects.filter(
            public_id=notes.translation_key, locale=settings.LANGUAGE_CODE, deleted=False
        )
        path = entry.values_list("html_path", flat=True).first() or ""
    terms = f"{root}{path}" if path else agency.licence_url or f"{root}/"
    return Publisher(
        root=root,
        name=agency.name,
        email=agency.email,
        terms=terms,
        licence=agency.licence_url,
        locales=tuple(configured()),
    )
