"""What this app adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from centres import citation_feature
from centres.viewsets import RecordsViewSetGroup

register_snippet(RecordsViewSetGroup)


@hooks.register("register_rich_text_features")
def register_citation(features: FeatureRegistry) -> None:
    citation_feature.register(features)
