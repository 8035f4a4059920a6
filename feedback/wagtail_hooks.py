"""What the app adds to Wagtail's admin."""

from __future__ import annotations

from feedback.reports.officers import admin as reports_admin

__all__ = ["reports_admin"]
