"""Announces the resources of this app, and its page of acts, to the read model."""

from centres.documents import acts, centres, programmes, vocabularies
from centres.models import LegalReferencesPage
from cms.delivery.pages import register_page_type

__all__ = ["acts", "centres", "programmes", "vocabularies"]

register_page_type(LegalReferencesPage, "legal_references", body="")
