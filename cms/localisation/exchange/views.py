"""Downloads of translations as files, and the page on which they are read in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.localisation.exchange.formats import PO, Format, read_file
from cms.localisation.exchange.importing import Report, read_in
from cms.localisation.exchange.units import Exchange, ExchangeError, exchange_of
from cms.localisation.languages import may_translate
from cms.localisation.panels import with_sentences_to_do
from cms.localisation.reports import may_read

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that is read in."""


class FileForm(forms.Form):
    """A file of translations; it is only tried out unless ``apply`` was pressed."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A PO or XLIFF file that was downloaded here, with the translations in it."
        ),
        widget=forms.FileInput(attrs={"accept": ".po,.xlf,.xliff"}),
    )

    def clean_file(self) -> Exchange:
        file: Any = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="size")
        try:
            return read_file(file.read())
        except ExchangeError as error:
            raise forms.ValidationError(str(error), code="format") from error


def download(request: HttpRequest, translation_id: int, file_format: Format = PO) -> HttpResponse:
    """Send the sentences of a translation; with ``?subtree=1`` also those of the pages below it."""
    translation = _translation(request, translation_id)
    wanted = [translation]
    source = translation.source.get_source_instance()
    if "subtree" in request.GET and isinstance(source, Page):
        below = source.get_descendants().values_list("translation_key", flat=True)
        wanted += Translation.objects.filter(
            source__object_id__in=below, target_locale=translation.target_locale, enabled=True
        )
    exchange = exchange_of(wanted, translation.target_locale)
    back = reverse("family_localisation:changes", args=[translation.pk])
    return _file(request, exchange, translation.source.object_repr, file_format, back)


def download_missing(request: HttpRequest, language: str, file_format: Format = PO) -> HttpResponse:
    """Send every sentence without words in a language, of all that was submitted into it."""
    if not may_read(request):
        raise PermissionDenied
    locale = get_object_or_404(Locale, language_code=language)
    missing = with_sentences_to_do(Translation.objects.filter(enabled=True, target_locale=locale))
    exchange = exchange_of(missing, locale, only_missing=True)
    back = reverse("family_localisation:progress")
    return _file(request, exchange, _("missing"), file_format, back)


def read_translation_in(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Read a file in that is for one object and, if it is a page, the pages below it."""
    translation = _translation(request, translation_id)
    source = translation.source.get_source_instance()
    only = {translation.source.object_id}
    if isinstance(source, Page):
        only.update(source.get_descendants().values_list("translation_key", flat=True))
    return _read_in(
        request,
        translation.target_locale,
        title=translation.source.object_repr,
        back=reverse("family_localisation:changes", args=[translation.pk]),
        only=only,
    )


def read_language_in(request: HttpRequest, language: str) -> HttpResponse:
    """Read a file in that is for any objects, each of which is asked for its permission."""
    if not may_read(request):
        raise PermissionDenied
    locale = get_object_or_404(Locale, language_code=language)
    back = reverse("family_localisation:progress")
    return _read_in(request, locale, title=locale.get_display_name(), back=back, only=None)


def _translation(request: HttpRequest, translation_id: int) -> Translation:
    rows = Translation.objects.select_related("source", "target_locale").filter(enabled=True)
    translation: Translation = get_object_or_404(rows, pk=translation_id)
    if not may_translate(request.user, translation):
        raise PermissionDenied
    return translation


def _file(
    request: HttpRequest, exchange: Exchange, title: str, file_format: Format, back: str
) -> HttpResponse:
    """Send *exchange*; where the format cannot hold it, go *back* and say why."""
    try:
        content = file_format.write(exchange)
    except ExchangeError as error:
        messages.warning(request, str(error))
        return redirect(back)
    name = f"{slugify(title)[:60] or 'translations'}.{exchange.language}.{file_format.suffix}"
    response = HttpResponse(content, content_type=file_format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read_in(
    request: HttpRequest, locale: Locale, *, title: str, back: str, only: Collection[UUID] | None
) -> HttpResponse:
    report: Report | None = None
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        wanted: Any = form.cleaned_data["file"]
        report = read_in(wanted, locale, request.user, only=only, apply="apply" in request.POST)
        if report.applied:
            messages.success(request, _("The file was read in. Nothing is published yet."))
        elif report.has_errors:
            messages.error(request, _("The file has errors: nothing was changed."))
    context = {
        "form": form,
        "report": report,
        "locale": locale,
        "source_language": Locale.get_default().language_code,
        "title": title,
        "back": back,
    }
    return render(request, "family_localisation/read_in.html", context)
