"""The vocabularies and records in the admin: one menu, with search and history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
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


class RecordViewSet(SnippetViewSet):
    """A record that is listed by its name and searched by it."""

    list_display = ["__str__", UpdatedAtColumn()]
    list_per_page = 50


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
