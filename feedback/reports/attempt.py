"""One post of the form: what was typed, what was attached, and what is wrong with it."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.content_languages import page_language
from feedback.reports import attachments, private_files
from feedback.reports.forms import TRAP, FileForm, PrivacyForm, ReportForm
from feedback.reports.limits import upload_standing
from feedback.reports.models import ReportAttachment
from feedback.reports.rendering import Shown, Step, show_step
from feedback.reports.reported_page import ReportedPage, reported_page
from feedback.reports.state import FormState
from feedback.reports.submitting import FIELDS, Submission


class Attempt:
    """``skipped`` names the files that were too large to be taken."""

    def __init__(self, request: HttpRequest, data: QueryDict, skipped: set[str]) -> None:
        self.request = request
        self.data = data
        self.skipped = skipped
        self.language = page_language()
        state = FormState.read(data.get("state", ""))
        self.is_expired = state is None
        self.state = state or FormState.begin()
        self.form = ReportForm(data)
        self.privacy = PrivacyForm(data)
        self.files = FileForm(data, request.FILES)
        self.file: ReportAttachment | None = None

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))

    def is_valid(self) -> bool:
        return self.form.is_valid() and not self.files.errors

    def take_file(self) -> None:
        """Keep the file that came, or drop the one before, whatever is wrong with the rest."""
        upload = self.request.FILES.get("attachment")
        try:
            if "attachment" in self.skipped:
                raise attachments.too_large()
            if upload is not None and private_files.is_configured():
                self._refuse_too_many()
                kept = attachments.keep(upload)
                self._drop()
                self.state = self.state.with_file(kept)
            elif self.data.get("remove"):
                self._drop()
        except ValidationError as error:
            self.files.add_error("attachment", error)

    def _refuse_too_many(self) -> None:
        standing = upload_standing(self.request)
        if standing is not None and standing.is_refused:
            raise ValidationError(
                _("Too many files came from your address. Attach it later, or none."), "many"
            )

    def _drop(self) -> None:
        if (before := attachments.waiting(self.state.attachment)) is not None:
            attachments.discard(before)
        self.state = self.state.with_file(None)

    def find_file(self) -> bool:
        """Find the file that waits for this form; say so and return false if it is gone."""
        self.file = attachments.waiting(self.state.attachment)
        if not self.state.attachment or self.file is not None:
            return True
        self.state = self.state.with_file(None)
        self.files.add_error(
            "attachment", _("The attachment is no longer here. Attach it again, or go on without.")
        )
        return False

    @cached_property
    def page(self) -> ReportedPage:
        """The page that is meant: as it was when the form was opened, if it is still that one."""
        text = str(self.data.get("page", "")).strip()
        if self.state.page and text == self.state.page:
            return self.state.opened_from()
        return reported_page(self.request, text)

    def submission(self) -> Submission:
        """Return what is to be stored. Only for a valid form."""
        cleaned: dict[str, Any] = self.form.cleaned_data
        return Submission(
            key=uuid.UUID(self.state.key),
            texts={field: cleaned[field] for field in FIELDS},
            reply_wanted=not cleaned["no_reply"],
            page=self.page,
            language=self.language,
            site=Site.find_for_request(self.request),
            attachment=self.file,
            attachment_digest=self.state.attachment_digest,
        )

    def show(
        self, step: Step, *, message: str = "", with_errors: bool = False, status: int = 200
    ) -> HttpResponse:
        """Show a step with what was typed; errors of the data only where they are asked for."""
        form = self.form
        if step is Step.DATA and not with_errors:
            form = ReportForm(initial={name: self.data.get(name) for name in form.fields})
        shown = Shown(
            step=step,
            state=self.state,
            form=form,
            privacy=self.privacy,
            files=self.files if with_errors else FileForm(),
            page=self.page if step is Step.SUMMARY else None,
            message=message,
            status=status,
        )
        return show_step(self.request, shown)
