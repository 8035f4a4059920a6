"""Reports as a table for spreadsheets, in which no cell begins a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook

from feedback.reports.models import AccessibilityReport
from feedback.reports.term import in_rome

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How cells begin that some spreadsheet computes (OWASP, CSV injection)."""

MAX_CELL: Final = 32_767
"""Characters that a cell of XLSX holds."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def headings() -> list[str]:
    return [
        _("Number"),
        _("Received"),
        _("Answer due by"),
        _("Status"),
        _("Kind of report"),
        _("Channel"),
        _("Language"),
        _("Address of the page"),
        _("Title of the page"),
        _("Part of the page"),
        _("Description"),
        _("Assistive technology"),
        _("Browser and system"),
        _("Name"),
        _("E-mail"),
        _("Reply wanted"),
        _("Assigned to"),
        _("Answered"),
        _("Closed"),
        _("Protocol number"),
        _("Protocol date"),
    ]


def row(report: AccessibilityReport) -> list[str]:
    """Return the cells of *report*; times are those of Italy."""
    cells: list[Any] = [
        report.number,
        report.received_at,
        report.due_on,
        report.get_status_display(),
        report.get_kind_display(),
        report.get_channel_display(),
        report.language,
        report.page_address,
        report.page_title,
        report.part_of_page,
        report.description,
        report.assistive_technology,
        report.browser,
        report.name,
        report.email,
        _("yes") if report.reply_wanted else _("no"),
        report.assigned_to.get_username() if report.assigned_to else "",
        report.answered_at,
        report.closed_at,
        report.protocol_number,
        report.protocol_date,
    ]
    return [cell(value) for value in cells]


def cell(value: Any) -> str:
    """Return *value* as text that no spreadsheet computes."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return in_rome(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)[: MAX_CELL - 1]
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def as_csv(reports: Iterable[AccessibilityReport]) -> Iterator[str]:
    """Yield the lines of a CSV file as Italian spreadsheets open it: with a BOM and semicolons."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff"
    for cells in (headings(), *map(row, reports)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_xlsx(reports: Iterable[AccessibilityReport]) -> bytes:
    """Return a workbook; every cell is text, whatever it begins with."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(headings())
    for report in reports:
        sheet.append(row(report))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
