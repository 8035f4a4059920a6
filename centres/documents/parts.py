"""Parts that programmes and centres share: contacts, legal basis, funding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from centres.documents.acts import ActSummary, act_summary
from centres.documents.vocabularies import Labelled, labelled
from centres.models import ContactKind, FundingSource, LegalBasisRole, LegalReference
from centres.models.contacts import contact_uri
from cms.delivery.look import Look
from cms.delivery.schemas import DocumentPart, Line, Reference, Worded
from cms.delivery.untranslated import TRANSLATED, Untranslated


class ContactPart(Worded):
    """A way to reach somebody. ``to_verify``: known only from a newspaper or a blog."""

    kind: Labelled
    value: Line
    uri: Line
    note: Line | None = None
    to_verify: bool


class LegalBasisPart(DocumentPart):
    act: ActSummary
    role: Labelled
    pinpoint: Line | None = None


def contacts(
    source: Iterable[Any], words: Iterable[Any], untranslated: Untranslated = TRANSLATED
) -> list[ContactPart]:
    """Build contacts: data from the source's rows, notes from the translated ones.

    *untranslated* is what stands below the rows.
    """
    notes = {row.translation_key: row.note for row in words}
    return [_contact(row, notes.get(row.translation_key, row.note), untranslated) for row in source]


def _contact(row: Any, note: str, untranslated: Untranslated) -> ContactPart:
    return ContactPart(
        kind=labelled(ContactKind, row.kind),
        value=row.value,
        uri=contact_uri(row.kind, row.value),
        note=note or None,
        to_verify=row.to_verify,
        text_languages=untranslated.below(row.translation_key).languages(note=note),
    )


def legal_basis(rows: Iterable[Any], look: Look) -> list[LegalBasisPart]:
    """Build the legal basis; a row whose act is not public is left out."""
    listed = list(rows)
    acts = look.objects(LegalReference, [row.act.translation_key for row in listed])
    return [
        LegalBasisPart(
            act=act_summary(acts[row.act.translation_key], look),
            role=labelled(LegalBasisRole, row.role),
            pinpoint=row.pinpoint or None,
        )
        for row in listed
        if row.act.translation_key in acts
    ]


def funding(rows: Iterable[Any], look: Look) -> list[Reference]:
    """Build the public funding sources in the order of their rows."""
    return look.references(FundingSource, [row.source.translation_key for row in rows])
