"""Family centres in Wagtail: the foundation that every app shares."""
