"""Where the translation editor is told what changed."""

from __future__ import annotations

import json
from typing import Any

from django import template
from wagtail_localize.models import Translation

from cms.localisation.changes import changes
from cms.localisation.languages import may_decide
from cms.localisation.views import may_publish

register = template.Library()


@register.inclusion_tag("family_localisation/bar.html", takes_context=True)
def translation_bar(context: Any, translation: Translation) -> dict[str, Any]:
    """Say how much is to do and how much changed, with a link to what, and how to submit it."""
    listed = changes(translation)
    target = translation.get_target_instance()
    user = context["request"].user
    return {
        "request": context["request"],
        "translation": translation,
        "state": getattr(translation, "published", None),
        "to_do": sum(item.state == "to_do" for item in listed),
        "changed": sum(item.has_changed for item in listed),
        "may_publish": may_publish(user, target),
        "may_decide": may_decide(user, target),
    }


@register.simple_tag(takes_context=True)
def permitted_props(context: Any) -> str:
    """Return what the editor is given, without the alias that the guard would refuse."""
    props: dict[str, Any] = json.loads(context["props"])
    if not may_decide(context["request"].user, context["instance"]):
        props["links"]["convertToAliasUrl"] = None
    return json.dumps(props)
