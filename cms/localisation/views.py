"""What the admin shows of a translation beside wagtail-localize's editor."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail_localize.models import Translation, get_edit_url

from cms.localisation.changes import changes, sentences_to_check, sentences_to_do
from cms.localisation.languages import may_translate
from cms.localisation.references import untranslated_records
from cms.localisation.submitting import submit


def _translation(translation_id: int) -> Translation:
    found: Translation = get_object_or_404(
        Translation.objects.select_related("source", "target_locale", "published"),
        pk=translation_id,
        enabled=True,
    )
    return found


def may_publish(user: Any, target: Any) -> bool:
    """Whether *user* may publish *target*, as the translation editor asks."""
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_publish())
    return bool(user.has_perm(f"{target._meta.app_label}.publish_{target._meta.model_name}"))


def show_changes(request: HttpRequest, translation_id: int) -> HttpResponse:
    """List what changed in the source since the last publication, and what is used untranslated."""
    translation = _translation(translation_id)
    if not may_translate(request.user, translation):
        response: HttpResponse = permission_denied(request)
        return response
    source = translation.source.get_source_instance()
    target = translation.get_target_instance()
    listed = changes(translation)
    return render(
        request,
        "family_localisation/changes.html",
        {
            "translation": translation,
            "state": getattr(translation, "published", None),
            "target": target,
            "edit_url": get_edit_url(target),
            "changed": [item for item in listed if item.has_changed],
            "to_do": sentences_to_do(listed),
            "to_check": [item for item in sentences_to_check(listed) if not item.has_changed],
            "total": sum(item.state != "gone" for item in listed),
            "used": [
                {"record": record, "url": _submit_url(record), "kind": record._meta.verbose_name}
                for record in untranslated_records(source, translation.target_locale)
            ],
            "may_publish": may_publish(request.user, target),
            "is_page": isinstance(target, Page),
        },
    )


def _submit_url(record: Any) -> str:
    meta = record._meta
    try:
        return reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[meta.app_label, meta.model_name, quote(record.pk)],
        )
    except NoReverseMatch:
        return ""


@require_POST
def submit_for_publication(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Ask for a publisher."""
    translation = _translation(translation_id)
    if not may_translate(request.user, translation):
        response: HttpResponse = permission_denied(request)
        return response
    try:
        submit(translation, request.user)
    except ValidationError as error:
        messages.error(
            request,
            _("The translation was not submitted: %(problem)s")
            % {"problem": " ".join(error.messages)},
        )
    else:
        messages.success(request, _("The translation was submitted. A publisher can see it now."))
    return redirect("family_localisation:changes", translation.pk)


def confirm_partial(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Ask before a translation is published of which sentences would appear untranslated.

    Returns ``None`` where there is nothing to ask: then the translation editor goes on.
    """
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if "publish-partial" in request.POST:
        return None
    translation = (
        Translation.objects.select_related("source", "target_locale")
        .filter(
            source__object_id=instance.translation_key,
            target_locale_id=instance.locale_id,
            enabled=True,
        )
        .first()
    )
    if translation is None or not may_publish(request.user, instance):
        return None
    listed = changes(translation)
    to_do = sentences_to_do(listed)
    if not to_do:
        return None
    return render(
        request,
        "family_localisation/confirm_partial.html",
        {
            "translation": translation,
            "target": instance,
            "to_do": to_do,
            "to_check": sentences_to_check(listed),
            "edit_url": get_edit_url(instance),
        },
    )
