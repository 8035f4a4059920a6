"""What a form in several steps has to remember, signed and carried by the form itself.

Nothing is kept in a session: none can expire, no cookie is needed, and what was typed stands in
plain fields beside it. The signature keeps others from choosing keys and files for a citizen.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Final

from django.core import signing

from feedback.reports.models import ReportAttachment
from feedback.reports.reported_page import ReportedPage

SALT: Final = "feedback.reports.form"
SHORTEST: Final = 3.0
"""Seconds in which nobody reads, writes and sends the form."""


@dataclass(frozen=True)
class FormState:
    """One form on its way. ``began`` is a time since the epoch, in seconds."""

    key: str
    began: float
    page: str = ""
    page_public_id: str = ""
    page_locale: str = ""
    page_title: str = ""
    attachment: str = ""
    attachment_name: str = ""
    attachment_digest: str = ""

    @classmethod
    def begin(cls, page: ReportedPage | None = None) -> FormState:
        """Return the state of a new form, opened from *page*."""
        state = cls(uuid.uuid4().hex, time.time())
        if page is None or not page.is_known:
            return state
        return replace(
            state,
            page=page.address,
            page_public_id=str(page.public_id),
            page_locale=page.locale,
            page_title=page.title,
        )

    @classmethod
    def read(cls, text: str) -> FormState | None:
        """Return the state that *text* holds; ``None`` where it was not signed by us."""
        try:
            return cls(**signing.loads(text, salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return None

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def with_file(self, attachment: ReportAttachment | None) -> FormState:
        """Return the state with *attachment* in place of what was attached before."""
        if attachment is None:
            return replace(self, attachment="", attachment_name="", attachment_digest="")
        return replace(
            self,
            attachment=str(attachment.public_id),
            attachment_name=attachment.name,
            attachment_digest=attachment.sha256,
        )

    def opened_from(self) -> ReportedPage:
        """Return the page that the form was opened from, as it was then."""
        public_id = uuid.UUID(self.page_public_id) if self.page_public_id else None
        return ReportedPage(self.page, public_id, self.page_locale, self.page_title)

    @property
    def is_too_quick(self) -> bool:
        """Whether so little time has passed that only a program can have filled it in."""
        return time.time() - self.began < SHORTEST
