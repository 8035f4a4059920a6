"""What centres can be filtered by."""

from __future__ import annotations

from centres.models import CentrePage
from cms.delivery.facets import Facets


def centre_facets(page: CentrePage) -> Facets:
    """Return the facets of a centre, read from its source."""
    return Facets(values=frozenset(("comune", row.comune_id) for row in page.comuni.all()))
