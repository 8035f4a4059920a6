"""What translators' tools add to the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import register_snippet

from cms.localisation import views
from cms.localisation.deleting import translations_to_go
from cms.localisation.exchange import views as exchange
from cms.localisation.exchange.formats import XLIFF
from cms.localisation.languages import PREFIX
from cms.localisation.panels import TranslationsPanel
from cms.localisation.reports import ProgressMenuItem, ProgressReport, menu_item
from cms.localisation.viewsets import GlossaryViewSet

register_snippet(GlossaryViewSet)

FIRST = -1
"""Before wagtail-localize's own hooks, which answer instead of the edit view."""


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("missing/<str:language>.po", exchange.download_missing, name="missing"),
        path(
            "missing/<str:language>.xlf",
            exchange.download_missing,
            {"file_format": XLIFF},
            name="missing_xliff",
        ),
        path("read-in/<str:language>/", exchange.read_language_in, name="read_language_in"),
        path("<int:translation_id>/file.po", exchange.download, name="download"),
        path(
            "<int:translation_id>/file.xlf",
            exchange.download,
            {"file_format": XLIFF},
            name="download_xliff",
        ),
        path("<int:translation_id>/read-in/", exchange.read_translation_in, name="read_in"),
        path("", ProgressReport.as_view(), name="progress"),
        path("<int:translation_id>/", views.show_changes, name="changes"),
        path("<int:translation_id>/submit/", views.submit_for_publication, name="submit"),
    ]
    return [
        path("translations/", include((urls, "family_localisation"), "family_localisation")),
    ]


@hooks.register("register_reports_menu_item")
def register_reports_menu_item() -> ProgressMenuItem:
    return menu_item()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="family_localisation", codename__startswith=PREFIX
    )


@hooks.register("before_edit_page", order=FIRST)
def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return views.confirm_partial(request, page)


@hooks.register("before_edit_snippet", order=FIRST)
def before_edit_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    if not isinstance(instance, TranslatableMixin):
        return None
    return views.confirm_partial(request, instance)


@hooks.register("before_delete_page")
def before_delete_page(request: HttpRequest, page: Page) -> None:
    if request.method != "POST":
        _warn(request, [page])


@hooks.register("before_delete_snippet")
def before_delete_snippet(request: HttpRequest, instances: Any) -> None:
    if request.method != "POST":
        _warn(request, [item for item in instances if isinstance(item, TranslatableMixin)])


def _warn(request: HttpRequest, instances: list[Any]) -> None:
    rows = [row for instance in instances for row in translations_to_go(instance)]
    if not rows:
        return
    languages = sorted({str(row.locale.get_display_name()) for row in rows})
    messages.warning(
        request,
        ngettext(
            "Its translation is deleted with it: %(languages)s.",
            "Its translations are deleted with it: %(languages)s.",
            len(rows),
        )
        % {"languages": ", ".join(languages)},
    )


@hooks.register("construct_homepage_panels")
def add_translations_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TranslationsPanel())
