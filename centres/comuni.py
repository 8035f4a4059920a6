"""Loads the municipalities of Lombardy: reference data, not content.

Codes and names: ISTAT (CC BY 4.0). Centroids: GeoNames (CC BY 4.0).
"""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.cache import cache

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
            except (KeyError, AttributeError, InvalidOperation, ValueError) as error:
                raise ComuniFileError(f"{path.name}, row {number}: {error}") from error
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


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
