"""The glossary in the admin: publishers keep all languages, translators their own."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.models import Locale
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.localisation.languages import glossary_languages
from cms.localisation.models import GlossaryTerm


class LanguageField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Languages by their names, as the rest of the admin shows them."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_display_name())


class GlossaryTermForm(WagtailAdminModelForm):
    """Offers the languages whose glossary the user may change."""

    locale = LanguageField(label=_("Language"), queryset=Locale.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(LanguageField, self.fields["locale"])
        field.queryset = glossary_languages(self.for_user)
        if field.queryset.count() == 1:
            field.initial = field.queryset.get()
            field.empty_label = None


class GlossaryViewSet(SnippetViewSet):
    """Listed by term; the list goes out as CSV and XLSX."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "source",
        Column("locale", label=_("Language"), sort_key="locale__language_code"),
        Column("wanted", label=_("Translation")),
        BooleanColumn("keep", label=_("Keep as it is")),
    ]
    list_filter = ["locale", "keep"]
    list_export = [
        "locale.language_code", "source", "source_forms", "keep", "translation",
        "translation_forms", "case_sensitive", "note",
    ]  # fmt: skip
    export_filename = "glossary"
    search_fields = ["source", "source_forms", "translation", "translation_forms"]
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("locale"),
            MultiFieldPanel(
                [
                    FieldPanel("source"),
                    FieldPanel("source_forms", widget=forms.Textarea(attrs={"rows": 2})),
                    FieldPanel("case_sensitive"),
                ],
                heading=_("In the source"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("keep"),
                    FieldPanel("translation"),
                    FieldPanel("translation_forms", widget=forms.Textarea(attrs={"rows": 2})),
                ],
                heading=_("In the translation"),
            ),
            FieldPanel("note", widget=forms.Textarea(attrs={"rows": 2})),
        ],
        base_form_class=GlossaryTermForm,
    )
