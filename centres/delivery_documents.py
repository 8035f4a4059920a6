"""Announces the resources of this app to the read model."""

from centres.documents import acts, centres, programmes, vocabularies

__all__ = ["acts", "centres", "programmes", "vocabularies"]
