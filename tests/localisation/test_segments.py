"""The law of segments: all that is language is offered to translators, and nothing that is data."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
    TranslationSource,
)

from centres.models import ProgrammePage
from cms import checks
from cms.blocks import TranslatableTextBlock
from cms.blocks.narrative import NarrativeStreamBlock
from cms.checks import our_models
from cms.fields import FormattedTextField
from home.models import HomePage, StandardPage
from tests.localisation.filling import Filling, UndecidedError

OFFICIAL_NAMES_AND_DATA = {
    "centres.ActivityType": {"code"},
    "centres.Audience": {"code"},
    "centres.ServiceForm": {"code"},
    # An article is a part of the citation, and as official as the act's number.
    "centres.CentreLegalBasis": {"pinpoint"},
    "centres.ProgrammeLegalBasis": {"pinpoint"},
    "centres.FundingSource": {"pinpoint"},
    "centres.CentreContact": {"value"},
    "centres.ProgrammeContact": {"value"},
    "centres.CentrePage": {"sources"},
    "centres.Comune": {"cadastral_code", "istat_code", "name", "province", "province_code"},
    "centres.District": {"name"},
    "centres.LegalReference": {
        *("date", "eli", "issuer", "legislature", "number", "published_in", "source", "title"),
        *("url", "urn"),
    },
    "centres.Organisation": {"name", "website"},
    "centres.Place": {"host", "name", "postal_code", "street"},
    # The name that the Region's acts use.
    "centres.ProgrammePage": {"alternate_name"},
    # A note for editors is never published.
    "centres.Seat": {"editor_note", "phone", "sources", "valid_from", "valid_to"},
    # One record for all languages; it holds names and addresses only. What it says in words, such
    # as the label of a link, comes from the catalogues.
    "family_cms.AgencySettings": {
        *("accessibility_declaration", "accessibility_email", "certified_email"),
        *("data_protection_email", "email", "licence_url", "name", "phone", "postal_code"),
        *("street", "tax_code", "town", "website"),
    },
    "family_cms.LoadedRecord": {"key"},
}
"""Every field of characters that is no language: what is in neither list, nobody decided on."""

HOUSEKEEPING = {
    *("alias_of", "content_type", "depth", "first_published_at", "has_unpublished_changes", "id"),
    *("last_published_at", "latest_revision", "latest_revision_created_at", "live", "locale"),
    *("live_revision", "numchild", "owner", "page", "path", "pk", "url_path", "act"),
}
CONTENT_APPS = {"centres", "home", "family_cms"}


def content_models() -> list[type[models.Model]]:
    return [model for model in our_models() if model._meta.app_label in CONTENT_APPS]


def translated_models() -> list[type[Any]]:
    """Return pages and records with texts; rows are filled with those that they belong to."""
    return [
        model
        for model in content_models()
        if issubclass(model, TranslatableMixin) and not hasattr(model, "page")
    ]


def stored(filling: Filling, model: type[Any]) -> Any:
    """Return a filled *model* where an editor would have put it."""
    instance = filling.filled(model)
    if not isinstance(instance, Page):
        instance.save()
        return instance
    parents: dict[Any, Any] = {HomePage: Page.get_first_root_node()}
    home = HomePage.objects.get(locale__language_code="it")
    programme = ProgrammePage.objects.get(locale__language_code="it")
    below_home = {StandardPage: home, ProgrammePage: home}
    (parents | below_home).get(model, programme).add_child(instance=instance)
    return instance


def source_of(instance: Any) -> TranslationSource:
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    return source


@pytest.mark.parametrize("model", translated_models(), ids=lambda model: model.__name__)
def test_all_words_are_segments_and_nothing_else_is(db: None, model: type[Any]) -> None:
    filling = Filling()
    source = source_of(stored(filling, model))
    offered = list(
        StringSegment.objects.filter(source=source).values_list("string__data", flat=True)
    )
    assert filling.words
    assert set(re.findall(r"word\d{4}", " ".join(offered))) == filling.words
    assert not re.findall(r"fact\d{4}", " ".join(offered))
    templates = TemplateSegment.objects.filter(source=source)
    for text in templates.values_list("template__template", flat=True):
        assert not re.findall(r"(?:word|fact)\d{4}", text)
    assert not RelatedObjectSegment.objects.filter(source=source).exists()
    assert not OverridableSegment.objects.filter(source=source).exists()


@pytest.mark.parametrize("model", translated_models(), ids=lambda model: model.__name__)
def test_translation_changes_words_and_no_byte_of_data(db: None, model: type[Any]) -> None:
    instance = stored(Filling(), model)
    source = source_of(instance)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={"data": segment.string.data.replace("word", "said")},
        )
    translation.save_target(publish=False)
    made = source.get_translated_instance(english).get_latest_revision_as_object()
    before = written(json.loads(source.content_json))
    assert re.search(r"word\d{4}", before)
    assert written(made.serializable_data()) == before.replace("word", "said")


def written(content: dict[str, Any]) -> str:
    """Return *content* as text, without what says where and when a row stands."""

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept(item) for key, item in value.items() if key not in HOUSEKEEPING}
        if isinstance(value, list):
            return [kept(item) for item in value]
        if isinstance(value, str) and value.startswith(("[", "{")):
            return json.loads(value)
        return value

    return json.dumps(kept(content), sort_keys=True, indent=1, default=str)


def test_every_field_of_characters_is_decided() -> None:
    undecided, contradicted, gone = [], [], []
    for model in content_models():
        label = model._meta.label
        known = OFFICIAL_NAMES_AND_DATA.get(label, set())
        texts = set(getattr(model, "text_fields", ()))
        names = {field.name for field in model._meta.local_fields if holds_characters(field)}
        undecided += [f"{label}.{name}" for name in sorted(names - known - texts)]
        contradicted += [f"{label}.{name}" for name in sorted(known & texts)]
        gone += [f"{label}.{name}" for name in sorted(known - names)]
    assert (undecided, contradicted, gone) == ([], [], [])


def holds_characters(field: Any) -> bool:
    characters = (models.CharField, models.TextField, StreamField)
    stored_as = field.get_internal_type() in {"CharField", "TextField"}
    return (isinstance(field, characters) or stored_as) and not field.choices


def test_words_of_the_law_are_those_that_families_read() -> None:
    """A list by hand of what a person could forget, so that no declaration is taken back."""
    for label, names in {
        "centres.CentrePage": "summary alert image_alt seo_title search_description",
        "centres.CentreContact": "note",
        "centres.ProgrammeContact": "note",
        "centres.Seat": "note audience_note hours",
        "centres.Place": "accessibility directions",
        "centres.LegalReference": "summary",
        "centres.FundingSource": "name",
        "home.StandardPage": "title slug seo_title search_description introduction body",
    }.items():
        assert set(names.split()) <= set(apps.get_model(label).text_fields), label
    image = NarrativeStreamBlock().child_blocks["image"]
    assert isinstance(image.child_blocks["alt_text"], TranslatableTextBlock)


@pytest.mark.parametrize(
    "block",
    [
        blocks.CharBlock(),
        blocks.URLBlock(),
        blocks.RichTextBlock(),
        blocks.RegexBlock(r"^\d+$"),
        blocks.DateBlock(),
        blocks.StructBlock([("code", blocks.CharBlock())]),
        blocks.ListBlock(blocks.StructBlock([("pages", blocks.PageChooserBlock())])),
        blocks.StreamBlock([("mark", blocks.IntegerBlock())]),
    ],
    ids=lambda block: type(block).__name__,
)
def test_block_that_nobody_decided_on_is_refused(
    db: None, monkeypatch: pytest.MonkeyPatch, block: blocks.Block
) -> None:
    replace_body(monkeypatch, NarrativeStreamBlock([("added", block)]))
    (error,) = checks.check_blocks_state_text_or_data()
    assert error.id == "family_cms.E001"
    assert "StandardPage.body.added" in error.msg
    with pytest.raises(UndecidedError):
        Filling().filled(StandardPage)


def test_image_of_wagtail_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A translator could choose another image of it."""
    from wagtail.images.blocks import ImageBlock

    replace_body(monkeypatch, NarrativeStreamBlock([("added", ImageBlock())]))
    found = checks.check_blocks_state_text_or_data()
    assert [error.msg.split()[0].rpartition(".")[2] for error in found] == [
        "image",
        "decorative",
        "alt_text",
    ]


def test_text_that_no_translator_would_get_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class RuleBlock(TranslatableTextBlock, blocks.RegexBlock):
        """wagtail-localize passes over it."""

    replace_body(monkeypatch, NarrativeStreamBlock([("added", RuleBlock(r"^.+$"))]))
    (error,) = checks.check_blocks_state_text_or_data()
    assert "translators would get nothing" in error.msg


def replace_body(monkeypatch: pytest.MonkeyPatch, stream: blocks.StreamBlock) -> None:
    field = StandardPage._meta.get_field("body")
    monkeypatch.setitem(field.__dict__, "stream_block", stream)


@pytest.mark.parametrize(
    ("label", "name", "problem"),
    [
        ("centres.Place", "postcode", "no field of it"),
        ("centres.Seat", "phone", "holds data"),
        ("centres.LegalReference", "url", "holds data"),
        ("centres.LegalReference", "date", "holds data"),
        ("centres.CentrePage", "status", "holds data"),
        ("centres.CentrePage", "image", "holds data"),
    ],
)
def test_text_field_that_holds_no_words_is_refused(
    monkeypatch: pytest.MonkeyPatch, label: str, name: str, problem: str
) -> None:
    model = apps.get_model(label)
    monkeypatch.setattr(model, "text_fields", (*model.text_fields, name))
    (error,) = checks.check_text_fields_hold_words()
    assert (error.id, error.obj) == ("family_cms.E003", model)
    assert problem in error.msg


def test_formatted_text_of_wagtail_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A translator could lead its links elsewhere."""
    from wagtail.fields import RichTextField

    field = StandardPage._meta.get_field("introduction")
    assert type(field) is FormattedTextField
    monkeypatch.setattr(field, "__class__", RichTextField)
    found = [error.msg for error in checks.check_text_fields_hold_words()]
    assert len(found) == 1
    assert "FormattedTextField" in found[0]
