"""Announces the pages of this app to the read model."""

from cms.delivery.pages import register_page_type
from home.models import HomePage, StandardPage

register_page_type(HomePage, "home")
register_page_type(StandardPage, "standard")
