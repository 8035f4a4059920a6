"""The content model of the mission: programme, centre, activities, places, legal references."""

from centres.models.bodies import (
    BodyRole,
    CentreBody,
    CentreComune,
    CentreFunding,
    ProgrammeFunding,
)
from centres.models.centre_page import CentrePage, CentreStatus, Management
from centres.models.comuni import Comune
from centres.models.contacts import CentreContact, ContactKind, ProgrammeContact
from centres.models.funding import FundingSource
from centres.models.legal_basis import CentreLegalBasis, LegalBasisRole, ProgrammeLegalBasis
from centres.models.legal_references import Force, LegalReference, LegalRelation
from centres.models.legal_references_page import LegalReferencesPage
from centres.models.organisations import District, LegalForm, Organisation, Sector
from centres.models.places import Place, PointPrecision
from centres.models.programme_page import ProgrammePage
from centres.models.seats import Seat, SeatRole, SeatStatus
from centres.models.vocabularies import ActivityType, Audience, AudienceKind, ServiceForm

__all__ = [
    "ActivityType",
    "Audience",
    "AudienceKind",
    "BodyRole",
    "CentreBody",
    "CentreComune",
    "CentreContact",
    "CentreFunding",
    "CentreLegalBasis",
    "CentrePage",
    "CentreStatus",
    "Comune",
    "ContactKind",
    "District",
    "Force",
    "FundingSource",
    "LegalBasisRole",
    "LegalForm",
    "LegalReference",
    "LegalReferencesPage",
    "LegalRelation",
    "Management",
    "Organisation",
    "Place",
    "PointPrecision",
    "ProgrammeContact",
    "ProgrammeFunding",
    "ProgrammeLegalBasis",
    "ProgrammePage",
    "Seat",
    "SeatRole",
    "SeatStatus",
    "Sector",
    "ServiceForm",
]
