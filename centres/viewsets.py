"""The vocabularies and records in the admin: one menu, with search and history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, PublishingPanel
from wagtail.admin.panels.model_utils import extract_panel_definitions_from_model_class
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from centres.models import (
    ActivityType,
    Audience,
    District,
    FundingSource,
    LegalReference,
    Organisation,
    Place,
    ServiceForm,
)
from cms.record_choosers import RecordChooserViewSet


class RecordViewSet(SnippetViewSet):
    """A record that is listed by its name and searched by it, and published as pages are."""

    list_display = ["__str__", UpdatedAtColumn()]
    list_per_page = 50
    chooser_viewset_class = RecordChooserViewSet

    def get_edit_handler(self) -> Any:
        """Return the model's panels and those of publishing, which Wagtail adds to pages only.

        Without them no form of a record has a date of publication or of expiry.
        """
        panels = extract_panel_definitions_from_model_class(self.model)
        return ObjectList([*panels, PublishingPanel()]).bind_to_model(self.model)


class PlaceViewSet(RecordViewSet):
    model = Place
    icon = "site"
    list_display = ["name", "street", "comune", UpdatedAtColumn()]


class LegalReferenceViewSet(RecordViewSet):
    model = LegalReference
    icon = "doc-full"
    list_display = ["__str__", "date", "force", UpdatedAtColumn()]
    list_filter = ["act_type", "year", "force"]


class OrganisationViewSet(RecordViewSet):
    model = Organisation
    icon = "group"
    list_filter = ["sector", "legal_form"]


class DistrictViewSet(RecordViewSet):
    model = District
    icon = "globe"


class FundingSourceViewSet(RecordViewSet):
    model = FundingSource
    icon = "pick"


class ActivityTypeViewSet(RecordViewSet):
    model = ActivityType
    icon = "tag"


class ServiceFormViewSet(RecordViewSet):
    model = ServiceForm
    icon = "tag"


class AudienceViewSet(RecordViewSet):
    model = Audience
    icon = "user"
    list_filter = ["kind"]


class RecordsViewSetGroup(SnippetViewSetGroup):
    """All records of the centres, in the order in which editors need them."""

    menu_label = _("Centres: records")
    menu_icon = "list-ul"
    menu_order = 200
    items = (
        PlaceViewSet,
        OrganisationViewSet,
        LegalReferenceViewSet,
        DistrictViewSet,
        FundingSourceViewSet,
        ActivityTypeViewSet,
        ServiceFormViewSet,
        AudienceViewSet,
    )
