"""Citations in rich text: a link of type ``act`` that holds the act's translation key.

The key is the same in every language, and the link follows the act wherever it is shown.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse_lazy
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Locale
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from centres.models import LegalReference

FEATURE = "citation"
ENTITY = "CITATION"
LINK_TYPE = "act"


def find_act(key: str) -> LegalReference | None:
    """Return the act with translation key *key* in the default language, or ``None``."""
    try:
        found = LegalReference.objects.filter(translation_key=UUID(key))
    except ValueError:
        return None
    default = found.filter(locale=Locale.get_default()).first()
    return default or found.first()


class CitationElementHandler(LinkElementHandler):
    """From the database to the editor."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        act = find_act(attrs.get("id", ""))
        return {"id": attrs.get("id", ""), "citation": act.citation.full() if act else ""}


def citation_entity(props: dict[str, Any]) -> Any:
    """From the editor to the database; the chooser knows an act by its primary key."""
    value = str(props.get("id", ""))
    if value.isdigit():
        act = LegalReference.objects.filter(pk=int(value)).first()
        value = str(act.translation_key) if act else ""
    return DOM.create_element("a", {"linktype": LINK_TYPE, "id": value}, props["children"])


class CitationLinkHandler(LinkHandler):
    """For Wagtail's own rendering of rich text, and for "where used"."""

    identifier = LINK_TYPE

    @staticmethod
    def get_model() -> type[LegalReference]:
        return LegalReference

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        act = find_act(attrs.get("id", ""))
        if act is None or not act.live:
            return "<a>"
        address = act.url or act.eli
        return f'<a href="{escape(address)}">' if address else "<a>"

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        if (act := find_act(attrs.get("id", ""))) is not None:
            yield LegalReference, str(act.pk), "", ""


def register(features: FeatureRegistry) -> None:
    """Register the button, its conversions and its link type."""
    features.register_link_type(CitationLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "doc-full",
                "description": _("Cite an act"),
                "chooserUrls": {
                    "actChooser": reverse_lazy(
                        "wagtailsnippetchoosers_centres_legalreference:choose"
                    )
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "centres/citation.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'a[linktype="act"]': CitationElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: citation_entity}},
        },
    )
