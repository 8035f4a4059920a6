"""The slug of a translated page: written by its translator, or proposed from the translated title.

* A slug has small Latin letters, digits and hyphens. wagtail-localize takes all others out when it
  saves, and numbers a slug that is taken: a translator would learn of neither.
* Where the title is translated and the slug is not, one is proposed that the translator can change.
* A published translation keeps its slug when its source gets another one.

A slug that changes leaves a redirect (``wagtail.contrib.redirects``), in every language.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug, string_to_ascii
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation


def proposed_slug(title: str, source_slug: str, language: str) -> str:
    """Return a slug in Latin letters for a translated *title*.

    Scripts that run from right to left leave out vowels, so that their letters spell no word in
    Latin ones: there, and where nothing is left of the title, it is the source's slug.
    """
    if get_language_info(language)["bidi"]:
        return source_slug
    return slugify(string_to_ascii(title))[:255] or source_slug


def slug_problem(slug: str, page: Page | None) -> str:
    """Return what is wrong with *slug* for the translation *page*, or an empty text."""
    wanted = slugify(string_to_ascii(slug))
    if slug != wanted:
        if not wanted:
            return _("Use small letters from a to z, digits and hyphens.")
        return _("Use small letters from a to z, digits and hyphens, such as “%(slug)s”.") % {
            "slug": wanted
        }
    if page is None:
        return ""
    free = find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)
    if free != slug:
        return _("Another page beside this one has this address. “%(slug)s” is free.") % {
            "slug": free
        }
    return ""


def connect() -> None:
    """Follow translators' work; called once, when the app is ready."""
    post_save.connect(_follow_translation, StringTranslation, dispatch_uid="translated_slugs")
    post_save.connect(_follow_source, StringSegment, dispatch_uid="translated_slugs")


def _follow_translation(
    instance: StringTranslation, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    if raw or instance.context is None or (update_fields and "data" not in update_fields):
        return
    if instance.context.path == "slug":
        page = _translation(instance.context.object_id, instance.locale_id)
        if problem := slug_problem(instance.data, page):
            instance.set_field_error([ValidationError(problem)])
    elif instance.context.path == "title" and not instance.has_error:
        _propose(instance)


def _propose(title: StringTranslation) -> None:
    key = title.context.object_id
    segment = (
        StringSegment.objects.filter(context__object_id=key, context__path="slug")
        .select_related("string", "context")
        .first()
    )
    page = _translation(key, title.locale_id)
    if segment is None or (page is not None and page.live):
        return
    known = StringTranslation.objects.filter(
        translation_of=segment.string, locale=title.locale, context=segment.context
    ).first()
    if known is not None and not _is_proposal(known):
        return
    language = title.locale.language_code
    slug = proposed_slug(title.data, segment.string.data, language)
    if page is not None:
        slug = find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)
    _write(segment, title.locale_id, slug, _("proposal from the title"))


def _is_proposal(slug: StringTranslation) -> bool:
    return bool(slug.tool_name) and slug.last_translated_by_id is None


def _follow_source(
    instance: StringSegment, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    if not raw and created and instance.context.path == "slug":
        keep_addresses(instance)


def keep_addresses(slug: StringSegment) -> None:
    """Keep the addresses of published translations when the source gets another *slug*.

    Segments that are written in bulk send no signal: whoever does so calls this.
    """
    pages = Page.objects.filter(
        translation_key=slug.context.object_id, live=True, alias_of=None
    ).exclude(locale_id=slug.source.locale_id)
    for page in pages:
        _write(slug, page.locale_id, page.slug, _("address kept"))


def _write(segment: StringSegment, locale_id: int, slug: str, tool: str) -> None:
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale_id=locale_id,
        context=segment.context,
        defaults={
            "data": slug,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": tool,
            "last_translated_by": None,
            "has_error": False,
            "field_error": "",
        },
    )


def _translation(key: UUID, locale_id: int) -> Page | None:
    found: Page | None = Page.objects.filter(translation_key=key, locale_id=locale_id).first()
    return found
