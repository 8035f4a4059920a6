"""The receipt: the dated, numbered copy that a citizen needs before the second instance.

The same content as page, as a self-contained file, as text of an e-mail and as a whole message.
Law 241/1990, article 18-bis: it is handed out at once and states the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage as StandardMessage
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import override as timezone_override
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from wagtail.models import Site

from cms.content_languages import page_in, page_language
from cms.models import AgencySettings
from feedback.reports.models import AccessibilityReport, StepKind
from feedback.reports.term import DAYS, ROME


@dataclass(frozen=True)
class Row:
    """A line of the receipt: what it is, and what was written."""

    label: str
    value: str
    is_long: bool = False


def agency_of(report: AccessibilityReport) -> AgencySettings | None:
    """Return who answers for the site that *report* came from."""
    site = report.site or Site.objects.filter(is_default_site=True).first()
    return AgencySettings.for_site(site) if site is not None else None


def receipt_path(report: AccessibilityReport, language: str = "") -> str:
    """Return the path of the receipt; empty where its token cannot be made, or none is served."""
    token = report.token
    if not token:
        return ""
    try:
        with override(language or report.language):
            return reverse("feedback:report_receipt", args=[token])
    except NoReverseMatch:
        return ""


def receipt_url(report: AccessibilityReport) -> str:
    """Return the whole address of the receipt by the site's record; empty without one."""
    path = receipt_path(report)
    site = report.site or Site.objects.filter(is_default_site=True).first()
    return f"{site.root_url}{path}" if site is not None and path else ""


def rows(report: AccessibilityReport) -> list[Row]:
    """Return the full text of *report* in the active language, without what was left empty."""
    with timezone_override(ROME):
        received = date_format(timezone.localtime(report.received_at), "DATETIME_FORMAT")
    zone = _("time of Italy")
    known = [
        Row(_("Number"), report.number),
        Row(_("Received"), f"{received} ({zone})"),
        Row(_("Answer due by"), date_format(report.due_on, "DATE_FORMAT")),
        Row(_("Protocol"), protocol(report)),
        Row(_("Address of the page"), report.page_address),
        Row(_("Title of the page"), report.page_title),
        Row(_("Kind of report"), report.get_kind_display()),
        Row(_("Description"), report.description, is_long=True),
        Row(_("Part of the page"), report.part_of_page),
        Row(_("Assistive technology"), report.assistive_technology),
        Row(_("Browser and system"), report.browser),
        Row(_("Name"), report.name),
        Row(_("E-mail"), report.email),
        Row(_("Reply"), "" if report.reply_wanted else _("no reply is wanted")),
    ]
    files = [
        Row(_("Attachment"), f"{item.name} ({item.size} B, SHA-256 {item.sha256})")
        for item in report.attachments.all()
    ]
    return [row for row in [*known, *files] if row.value]


def protocol(report: AccessibilityReport) -> str:
    """Return number and date under which the office entered *report*; empty before."""
    if not report.protocol_number:
        return ""
    if report.protocol_date is None:
        return report.protocol_number
    return pgettext("protocol number and date", "%(number)s of %(date)s") % {
        "number": report.protocol_number,
        "date": date_format(report.protocol_date, "DATE_FORMAT"),
    }


def context(report: AccessibilityReport) -> dict[str, Any]:
    """Return what the templates of a receipt show, in the active language. Five queries at most."""
    agency = agency_of(report)
    return {
        "report": report,
        "rows": [] if report.erased_at else rows(report),
        "answers": [] if report.erased_at else answers(report),
        "term": DAYS,
        "due": date_format(report.due_on, "DATE_FORMAT"),
        "agency": agency,
        "declaration": agency.accessibility_declaration if agency else "",
    }


def answers(report: AccessibilityReport) -> list[dict[str, str]]:
    """Return the answers that were given, with their local dates."""
    given = report.steps.filter(kind=StepKind.ANSWERED)
    with timezone_override(ROME):
        return [
            {"date": date_format(timezone.localtime(step.at), "DATE_FORMAT"), "text": step.text}
            for step in given
        ]


def receipt_text(report: AccessibilityReport, *, with_link: bool = True) -> str:
    """Return the receipt as plain text, in the active language.

    Only the citizen's own copy holds the link: it opens the receipt for whoever has it.
    """
    shown = {**context(report), "url": receipt_url(report) if with_link else ""}
    # Templates escape; this is text.
    text = render_to_string("feedback/reports/receipt.txt", shown)
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def pointer_to_receipt(report: AccessibilityReport) -> str:
    """Return the sentence that ends an answer: where the report stands with all its answers."""
    url = receipt_url(report)
    number = _("Your report has the number %(number)s.") % {"number": report.number}
    pointer = _("Its receipt:")
    return f"{number} {pointer} {url}" if url else number


def receipt_html(report: AccessibilityReport) -> str:
    """Return the receipt as a document that needs nothing else: no style sheet, image or script."""
    return render_to_string(
        "feedback/reports/receipt_file.html",
        {**context(report), "language": page_language()},
    )


def receipt_message(report: AccessibilityReport, *, for_office: bool = False) -> bytes:
    """Return the receipt as a message (RFC 5322) that mail programs and protocol offices open.

    Dated as the report. *for_office* it holds the files, as the report came, and not the link.
    """
    message = StandardMessage()
    agency = agency_of(report)
    sender = settings.DEFAULT_FROM_EMAIL
    recipient = report.email or (agency.accessibility_email if agency else "") or sender
    message["From"] = sender
    message["To"] = recipient
    message["Date"] = format_datetime(report.received_local)
    message["Message-ID"] = make_msgid(
        idstring=report.number, domain=urlsplit(receipt_url(report)).hostname or "localhost"
    )
    message["Subject"] = _("Receipt %(number)s: your report of inaccessibility") % {
        "number": report.number
    }
    message.set_content(receipt_text(report, with_link=not for_office))
    message.add_alternative(receipt_html(report), subtype="html")
    if for_office:
        for item in report.attachments.all():
            main, _slash, sub = item.media_type.partition("/")
            with item.file.open("rb") as file:
                message.add_attachment(file.read(), maintype=main, subtype=sub, filename=item.name)
    return message.as_bytes()


def in_language_of(report: AccessibilityReport) -> Any:
    """Return the context in which files of *report* are written: the citizen's language."""
    return page_in(report.language)
