"""Admin forms whose rows must be checked against their parent."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm


class LegalReferenceForm(WagtailAdminModelForm):
    """Checks relations against the act as it was typed: a row does not know its act before."""

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        return self._relations_are_possible() and valid

    def _relations_are_possible(self) -> bool:
        possible = True
        formset = self.formsets["relations"]
        for form in formset.forms:
            if form in formset.deleted_forms or not getattr(form, "cleaned_data", None):
                continue
            row = form.instance
            row.act = self.instance
            try:
                row.clean()
            except ValidationError as error:
                form.add_error(None, error)
                possible = False
        return possible
