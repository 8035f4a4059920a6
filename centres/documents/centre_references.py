"""What a centre's document refers to, so that a chunk of centres reads it at once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import models

from centres.models import (
    ActivityType,
    Audience,
    CentrePage,
    District,
    FundingSource,
    LegalReference,
    Organisation,
    Place,
)

Referred = tuple[type[models.Model], UUID]


def centre_references(page: CentrePage) -> Iterator[Referred]:
    """Yield the model and the public id of each record that *page* refers to."""
    if page.district:
        yield District, page.district.public_id
    if page.verified_by:
        yield Organisation, page.verified_by.public_id
    for seat in page.seats.all():
        yield Place, seat.place.translation_key
        if seat.operator:
            yield Organisation, seat.operator.public_id
    for body in page.bodies.all():
        yield Organisation, body.organisation.public_id
    for basis in page.legal_basis.all():
        yield LegalReference, basis.act.translation_key
    for funding in page.funding.all():
        yield FundingSource, funding.source.translation_key
    for child in page.activities:
        if child.value["place"]:
            yield Place, child.value["place"].translation_key
        for model, name in ((ActivityType, "types"), (Audience, "audiences")):
            for key in child.value[name] or ():
                yield model, UUID(key)
