"""Keeps translators in their language, also in views that ask for less.

wagtail-localize (1.14.5) lets whoever may submit translations submit and synchronise every object
into every language, and whoever may edit a page stop its translation, or turn it into an alias.
Permissions of records, and of terms of a glossary, know no language. A view that is not named here
is refused to translators.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.localization import get_localized_response
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from cms.localisation.languages import (
    holds_everywhere,
    is_translated,
    languages_of,
    may_decide,
    may_translate,
    writes_everywhere,
)
from cms.localisation.models import GlossaryTerm

Response = HttpResponseBase
Rule = Callable[[HttpRequest, dict[str, Any]], bool]

READING_A_PAGE = frozenset(
    {
        "view_draft", "view_live", "preview_on_edit", "history", "history_results", "usage",
        "usage_results", "revisions_view", "revisions_compare", "workflow_history",
        "workflow_history_results", "workflow_history_detail", "workflow_status",
        "preview_loading",
    }
)  # fmt: skip
MOVED = "page_to_move_id"
WRITING_A_PAGE = frozenset({"edit", "unpublish"})
READING_A_RECORD = frozenset(
    {"history", "history_results", "usage", "inspect", "revisions_view", "revisions_compare"}
)
WRITING_A_RECORD = frozenset({"edit", "unpublish", "preview_on_edit"})


class TranslatorsMiddleware:
    """Stands after the one that knows who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], Response]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Response:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> Response | None:
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return None
        namespace = match.namespaces[-1] if match.namespaces else ""
        name = match.url_name or ""
        if _allowed(request, namespace, name, kwargs):
            return None
        if name in {"edit_string_translation", "edit_override"}:
            raise PermissionDenied
        # In the language that the reader of the admin chose.
        response: Response = get_localized_response(_refuse, request)
        return response


def _refuse(request: HttpRequest) -> Response:
    messages.error(request, _("Translators may not do this, or not in this language."))
    return redirect("wagtailadmin_home")


def _allowed(request: HttpRequest, namespace: str, name: str, kwargs: dict[str, Any]) -> bool:
    if namespace == "wagtail_localize":
        rule = TRANSLATION_RULES.get(name)
        return rule is None or rule(request, kwargs)
    if namespace == "wagtailadmin_pages" and (pk := kwargs.get("page_id", kwargs.get(MOVED))):
        return _page_allowed(request, name, pk)
    if name == "wagtail_bulk_action":
        return _bulk_action_allowed(request, kwargs)
    if namespace.startswith("wagtailsnippets_") and "pk" in kwargs:
        return _record_allowed(request, namespace, name, kwargs)
    return True


def _page_allowed(request: HttpRequest, name: str, pk: int) -> bool:
    if name in READING_A_PAGE or not languages_of(request.user):
        return True
    page = get_object_or_404(Page, pk=pk)
    if writes_everywhere(request.user, page):
        return True
    # The editor of an alias only offers to translate it.
    return name in WRITING_A_PAGE and (bool(page.alias_of_id) or is_translated(page))


def _bulk_action_allowed(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Translators do nothing to many objects at once."""
    if not languages_of(request.user):
        return True
    ids = request.GET.getlist("id")
    model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    rows = model._base_manager.all()
    if "all" not in ids:
        rows = rows.filter(pk__in=[pk for pk in ids if pk.isdigit()])
    return all(writes_everywhere(request.user, row) for row in rows)


def _record_allowed(
    request: HttpRequest, namespace: str, name: str, kwargs: dict[str, Any]
) -> bool:
    languages = languages_of(request.user)
    if name in READING_A_RECORD or not languages:
        return True
    model = next(
        (
            model
            for model in get_snippet_models()
            if namespace == f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
        ),
        None,
    )
    if model is None:
        return True
    record = get_object_or_404(model, pk=unquote(str(kwargs["pk"])))
    if writes_everywhere(request.user, record):
        return True
    if isinstance(record, GlossaryTerm):
        return record.locale.language_code in languages
    return (
        isinstance(record, TranslatableMixin)
        and name in WRITING_A_RECORD
        and record.locale.language_code in languages
        and is_translated(record)
    )


def _words(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    translation = get_object_or_404(Translation, pk=kwargs["translation_id"])
    return may_translate(request.user, translation)


def _decision(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    if "translation_id" in kwargs:
        translation = get_object_or_404(Translation, pk=kwargs["translation_id"])
        return may_decide(request.user, translation.get_target_instance())
    if "translation_source_id" in kwargs:
        source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
        return may_decide(request.user, source.get_source_instance())
    return may_decide(request.user, get_object_or_404(Page, pk=kwargs["page_id"]))


def _submission(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """A translator submits into their own languages."""
    if holds_everywhere(request.user, "wagtail_localize", "submit_translation"):
        return True
    languages = languages_of(request.user)
    wanted = [pk for pk in request.POST.getlist("locales") if pk.isdigit()]
    chosen = Locale.objects.filter(pk__in=wanted).values_list("language_code", flat=True)
    return bool(languages) and languages.issuperset(chosen)


TRANSLATION_RULES: dict[str, Rule] = {
    "edit_string_translation": _words,
    "upload_pofile": _words,
    "download_pofile": _words,
    "machine_translate": _words,
    "preview_translation": _words,
    "edit_override": _decision,
    "stop_translation": _decision,
    "convert_to_alias": _decision,
    "update_translations": _decision,
    "submit_page_translation": _submission,
    "submit_snippet_translation": _submission,
}
