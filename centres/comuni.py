"""Loads the municipalities of Lombardy: reference data, not content.

Codes and names: ISTAT (CC BY 4.0). Centroids: GeoNames (CC BY 4.0).
"""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centres.models import Comune

CACHE_KEY = "centres.comuni"
"""Under which the API keeps the list, until it is loaded anew."""

SOURCE = Path(__file__).resolve().parent / "data" / "comuni-lombardia.csv"


class ComuniFileError(ValueError):
    """A row that cannot be read; nothing was changed."""


def load_comuni(path: Path = SOURCE) -> int:
    """Insert or update all municipalities of *path* in one statement; return their number."""
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=2):
            try:
                comune = Comune(
                    istat_code=row["istat_code"],
                    name=row["name"],
                    province=row["province"],
                    province_code=row["province_code"],
                    cadastral_code=row["cadastral_code"],
                    postal_codes=row["postal_codes"].split(),
                    latitude=_decimal(row["latitude"]),
                    longitude=_decimal(row["longitude"]),
                )
                comune.clean_fields()
            except (KeyError, AttributeError, InvalidOperation, ValidationError) as error:
                raise ComuniFileError(
                    _("%(file)s, row %(number)s: %(problem)s")
                    % {"file": path.name, "number": number, "problem": _told(error)}
                ) from error
            rows.append(comune)
    fields = [field.name for field in Comune._meta.fields if not field.primary_key]
    Comune.objects.bulk_create(
        rows,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["istat_code"],
        update_fields=fields,
    )
    cache.delete(CACHE_KEY)
    return len(rows)


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        rows = error.message_dict.items()
        return "; ".join(f"{field}: {' '.join(messages)}" for field, messages in rows)
    if isinstance(error, InvalidOperation):
        return _("a coordinate is no number.")
    return _("a column is missing.")


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
