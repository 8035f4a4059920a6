"""The agency's identity, and the ledger of demonstration content."""

from cms.models.agency import AgencySettings
from cms.models.loaded_record import LoadedRecord

__all__ = ["AgencySettings", "LoadedRecord"]
