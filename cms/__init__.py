"""Family centres in Wagtail: the foundation that every app shares."""

__version__ = "0.1.0"
