"""What the API offers of this app's resources beyond lists and items."""

from __future__ import annotations

from centres.api.filters import declare

declare()
