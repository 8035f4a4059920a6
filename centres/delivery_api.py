"""What the API offers of this app's resources beyond lists and items."""

from __future__ import annotations

from centres.api import activity_filters, filters, operations

__all__ = ["operations"]

filters.declare()
activity_filters.declare()
