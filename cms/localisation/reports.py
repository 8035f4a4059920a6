"""The report of all translations: what is published, stale and missing in each language."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Locale

from cms.localisation.languages import languages_of
from cms.localisation.progress import (
    OPEN,
    Progress,
    State,
    all_progress,
    page_models,
    record_models,
    summary,
    with_titles,
)

AT_ONCE = 50
"""How many objects a page of the report lists."""


def target_languages() -> list[tuple[str, str]]:
    """Return code and name of the languages that are translated into."""
    locales = Locale.objects.exclude(pk=Locale.get_default().pk)
    return [(locale.language_code, locale.get_display_name()) for locale in locales]


class Choice(forms.Form):
    """What of the report is listed. Everything left open is everything that is still to do."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("still to do")), *State.choices],
    )

    def __init__(self, data: Any, languages: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self._choose("language", languages)
        models = [*page_models(), *record_models()]
        self._choose(
            "kind",
            [
                (model._meta.label_lower, capfirst(str(model._meta.verbose_name)))
                for model in models
            ],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", _("all")), *choices]

    def chosen(self, listed: list[Progress]) -> list[Progress]:
        """Return the items that were chosen; a value that does not exist chooses nothing."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        states = [wanted["state"]] if wanted["state"] else OPEN
        return [
            item
            for item in listed
            if item.state in states
            and wanted["language"] in ("", item.language)
            and wanted["kind"] in ("", item.model._meta.label_lower)
        ]


class ProgressReport(SpreadsheetExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """Counts by language and type, and below what is to do, oldest first; also as XLSX and CSV."""

    template_name = "family_localisation/progress.html"
    page_title = _("Progress of translations")
    header_icon = "wagtail-localize-language"
    export_filename = "translations"
    list_export: ClassVar[list[str]] = [
        "title", "kind", "language_name", "state_name", "since", "sentences", "to_do",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Title"),
        "kind": _("Type"),
        "language_name": _("Language"),
        "state_name": _("State"),
        "since": _("Waiting since"),
        "sentences": _("Sentences"),
        "to_do": _("Sentences to translate"),
    }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        listed = all_progress()
        languages = target_languages()
        form = Choice(request.GET, languages)
        chosen = form.chosen(listed)
        if self.is_export:
            spreadsheet: HttpResponse = self.as_spreadsheet(
                with_titles(chosen), request.GET["export"]
            )
            return spreadsheet
        page = Paginator(chosen, AT_ONCE).get_page(request.GET.get("p"))
        query = request.GET.copy()
        for name in ("p", "export"):
            query.pop(name, None)
        context = self.get_context_data(
            form=form,
            summary=summary(listed),
            languages=languages,
            page=page,
            items=with_titles(page.object_list),
            total=len(chosen),
            query=query.urlencode(),
        )
        return self.render_to_response(context)


def may_read(request: HttpRequest) -> bool:
    """Whether the reader has to do with translations: translators, editors and publishers."""
    user: Any = request.user
    return bool(
        user.has_perm("wagtail_localize.submit_translation")
        or user.has_perm("wagtailcore.publish_page")
        or languages_of(user)
    )


class ProgressMenuItem(MenuItem):
    """Shown to those who may read the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request)


def menu_item() -> ProgressMenuItem:
    return ProgressMenuItem(
        _("Progress of translations"),
        reverse("family_localisation:progress"),
        name="translation-progress",
        icon_name="wagtail-localize-language",
        order=650,
    )
