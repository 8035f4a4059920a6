"""Choosers of records: only for those who write, with "add new" in place.

What an editor adds from a chooser is a draft that waits for a publisher, as everywhere else; what a
publisher adds is published. The page that refers to it shows it from then on.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.actions.create import CreateAction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale, Page, TranslatableMixin, WorkflowMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)


class RecordCreationForm(WagtailAdminModelForm):
    """The few fields of a record that nobody can do without, in the language of the sources."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, TranslatableMixin) and not self.instance.locale_id:
            self.instance.locale = Locale.get_default()

    def _get_validation_exclusions(self) -> set[str]:
        """Check the language too: two acts are the same act only within one language."""
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded - {"locale"}


class WritersOnly:
    """Mixin: refuses who may write neither a page nor a record of this kind."""

    model_class: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        actions = ("add", "change", "publish")
        if not any(
            policy_registry.get_by_type(model).user_has_any_permission(request.user, actions)
            for model in (self.model_class, Page)
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class RecordChooseView(WritersOnly, ChooseView):
    pass


class RecordChooseResultsView(WritersOnly, ChooseResultsView):
    pass


class RecordChosenView(WritersOnly, SnippetChosenView):
    pass


class RecordChosenMultipleView(WritersOnly, SnippetChosenMultipleView):
    pass


class RecordCreateView(SnippetCreateView):
    """Adds a record with its first revision, and submits it where a publisher has to approve."""

    def save_form(self, form: Any) -> Any:
        user: Any = self.request.user
        publishes = self.get_permission_policy().user_has_permission(user, "publish")
        with transaction.atomic():
            action = CreateAction(form.instance, user=user, form=form, publish=publishes)
            record = action.execute()
            workflow = record.get_workflow() if isinstance(record, WorkflowMixin) else None
            if workflow is not None and not publishes:
                workflow.start(record, user)
        return record


class RecordChooserViewSet(SnippetChooserViewSet):
    """The chooser of a model; ``model.chooser_fields`` are asked for when one is added."""

    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
    chosen_view_class = RecordChosenView
    chosen_multiple_view_class = RecordChosenMultipleView
    create_view_class = RecordCreateView
    creation_tab_label = _("Add new")
    create_action_label = _("Add and choose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.creation_form_class = modelform_factory(
            self.model, form=RecordCreationForm, fields=self.model.chooser_fields
        )
