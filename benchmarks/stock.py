"""Stock Wagtail's APIs, told to answer what our documents hold, as far as they can.

Both name a model's fields in ``api_fields``; a child relation is shown by its own model's.
"""

from __future__ import annotations

from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from centres.models import (
    CentreBody,
    CentreComune,
    CentreContact,
    CentreFunding,
    CentreLegalBasis,
    CentrePage,
    Seat,
)

FIELDS = {
    CentrePage: (
        "summary management district comuni_complete status alert hours activities body image "
        "sources verified_on verified_by seats contacts bodies comuni legal_basis funding"
    ),
    Seat: "place role status operator phone hours audience_note note",
    CentreContact: "kind value note to_verify",
    CentreBody: "organisation role",
    CentreComune: "istat_code",
    CentreLegalBasis: "act role pinpoint",
    CentreFunding: "source",
}


def declare_fields() -> None:
    """Give the models their ``api_fields``.

    The key of a comune is no number, and version 2 cannot nest such a record: a property says it.
    """
    CentreComune.istat_code = property(lambda row: row.comune_id)
    for model, names in FIELDS.items():
        model.api_fields = [APIField(name) for name in names.split()]


def make_router() -> WagtailAPIRouter:
    """Return the router of version 2."""
    router = WagtailAPIRouter("stock-v2")
    router.register_endpoint("pages", PagesAPIViewSet)
    return router
