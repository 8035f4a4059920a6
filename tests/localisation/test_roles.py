"""Who may do what in which language, through the views of the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import polib
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from centres.models import ActivityType, CentrePage
from cms import roles
from cms.localisation.checks import (
    AUTHENTICATION,
    GUARD,
    check_translators_are_guarded,
)
from tests.localisation.translated_centre import centre

FORM = "application/x-www-form-urlencoded"
ROLES = {
    "administrator": None,
    "editor": roles.EDITORS,
    "publisher": roles.PUBLISHERS,
    "translator": roles.translators("en"),
    "officer": roles.OFFICERS,
}


@pytest.fixture
def french(db: None, settings: Any) -> Locale:
    """A second language that a centre and its type of activity were submitted into."""
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [
        ("it", "Italian"), ("en", "English"), ("fr", "French"),
    ]  # fmt: skip
    locale = Locale.objects.create(language_code="fr")
    roles.set_up_roles()
    for instance in (centre(), _term()):
        source = TranslationSource.objects.get_for_instance(instance)
        new = Translation.objects.create(source=source, target_locale=locale)
        new.save_target(publish=False)
    return locale


def _term() -> ActivityType:
    return ActivityType.objects.filter(locale__language_code="it").order_by("pk")[0]


def _client(role: str) -> Client:
    user = get_user_model()._default_manager.create_user(
        username=role, password="x", is_superuser=role == "administrator"
    )
    if (group := ROLES[role]) is not None:
        user.groups.add(Group.objects.get(name=group))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    return client


def _state() -> Any:
    """What a refused action must leave as it was."""
    return (
        sorted(StringTranslation.objects.values_list("pk", "data")),
        sorted(Translation.objects.values_list("pk", "enabled")),
        sorted(Page.objects.values_list("pk", "live", "alias_of", "latest_revision")),
        sorted(CentrePage.objects.values_list("pk", "summary", "management")),
        sorted(ActivityType.objects.values_list("pk", "name", "code", "live", "latest_revision")),
    )


def _edit(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(type(instance).snippet_viewset.get_url_name("edit"), args=[instance.pk])


def _localize(name: str, *args: Any) -> str:
    return reverse(f"wagtail_localize:{name}", args=args)


def translate(client: Client, translation: Translation, target: Any) -> Any:
    sentence = (
        StringSegment.objects.filter(source=translation.source).exclude(string__data="").first()
    )
    assert sentence is not None
    url = _localize("edit_string_translation", translation.pk, sentence.pk)
    return client.put(url, urlencode({"value": "Words"}), content_type=FORM)


def upload(client: Client, translation: Translation, target: Any) -> Any:
    po = translation.export_po()
    next(entry for entry in po if entry.msgid).msgstr = "From a file"
    assert isinstance(po, polib.POFile)
    file = SimpleUploadedFile("words.po", str(po).encode())
    return client.post(_localize("upload_pofile", translation.pk), {"file": file})


def submit_for_publication(client: Client, translation: Translation, target: Any) -> Any:
    return client.post(reverse("family_localisation:submit", args=[translation.pk]))


def publish(client: Client, translation: Translation, target: Any) -> Any:
    return client.post(_edit(target), {"action": "publish", "publish-partial": "1"})


def stop(client: Client, translation: Translation, target: Any) -> Any:
    return client.post(_localize("stop_translation", translation.pk))


def to_alias(client: Client, translation: Translation, target: Any) -> Any:
    return client.post(_localize("convert_to_alias", target.pk))


def synchronise(client: Client, translation: Translation, target: Any) -> Any:
    url = _localize("update_translations", translation.source_id)
    return client.post(url, {"publish_translations": "on"})


def restart(client: Client, translation: Translation, target: Any) -> Any:
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    return client.post(_edit(target), {"localize-restart-translation": "1"})


ON_A_PAGE = (
    translate,
    upload,
    submit_for_publication,
    publish,
    stop,
    to_alias,
    synchronise,
    restart,
)
ON_A_RECORD = (translate, upload, submit_for_publication, publish, stop, synchronise, restart)
WORDS = {"translate", "upload", "submit_for_publication"}
DECISIONS = {"publish", "stop", "to_alias", "synchronise"}
ALLOWED = {
    "administrator": {"en": WORDS | DECISIONS | {"restart"}, "fr": WORDS | DECISIONS | {"restart"}},
    "publisher": {"en": WORDS | DECISIONS | {"restart"}, "fr": WORDS | DECISIONS | {"restart"}},
    "editor": {"en": WORDS | {"restart"}, "fr": WORDS | {"restart"}},
    "translator": {"en": WORDS, "fr": set()},
    "officer": {"en": set(), "fr": set()},
}
"""What each role may do to a translation; what is not named is refused."""


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["page", "record"])
def test_what_a_role_may_do_to_a_translation(role: str, kind: str, french: Locale) -> None:
    client = _client(role)
    source = centre() if kind == "page" else _term()
    actions: tuple[Callable[..., Any], ...] = ON_A_PAGE if kind == "page" else ON_A_RECORD
    names = {action.__name__ for action in actions}
    done: dict[str, set[str]] = {"en": set(), "fr": set()}
    for language in done:
        translation = Translation.objects.get(
            source__object_id=source.translation_key, target_locale__language_code=language
        )
        for action in actions:
            with transaction.atomic():
                if _changes(client, action, translation):
                    done[language].add(action.__name__)
                transaction.set_rollback(True)
    assert done == {language: ALLOWED[role][language] & names for language in done}


def _changes(client: Client, action: Callable[..., Any], translation: Translation) -> bool:
    """Whether *action* changed anything; what refuses says so and changes nothing."""
    target = translation.get_target_instance()
    before = _state()
    submitted = getattr(getattr(translation, "published", None), "submitted_at", None)
    if action is restart:
        Translation.objects.filter(pk=translation.pk).update(enabled=False)
        before = _state()
    response = action(client, translation, target)
    assert response.status_code < 500
    again = Translation.objects.get(pk=translation.pk) if _exists(translation) else None
    now = getattr(getattr(again, "published", None), "submitted_at", submitted)
    if action in (stop, synchronise) and response.status_code == 302:
        # These change nothing where there is nothing to synchronise.
        return bool(response["Location"] != reverse("wagtailadmin_home")) or _state() != before
    return _state() != before or now != submitted


def _exists(translation: Translation) -> bool:
    return Translation.objects.filter(pk=translation.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_who_submits_into_which_language(role: str, french: Locale) -> None:
    """A translator submits into their own language only."""
    term = ActivityType.objects.filter(locale__language_code="it").order_by("pk")[3]
    Translation.objects.filter(source__object_id=term.translation_key).delete()
    ActivityType.objects.filter(translation_key=term.translation_key).exclude(pk=term.pk).delete()
    client = _client(role)
    allowed = set()
    for language in ("en", "fr"):
        locale = Locale.objects.get(language_code=language)
        client.post(
            _localize("submit_snippet_translation", "centres", "activitytype", term.pk),
            {"locales": [locale.pk]},
        )
        if ActivityType.objects.filter(
            translation_key=term.translation_key, locale=locale
        ).exists():
            allowed.add(language)
    expected = {"translator": {"en"}, "officer": set()}
    assert allowed == expected.get(role, {"en", "fr"})


@pytest.mark.parametrize("language", ["it", "fr"])
def test_a_translator_changes_nothing_elsewhere(language: str, french: Locale) -> None:
    client = _client("translator")
    page = CentrePage.objects.get(
        translation_key=centre().translation_key, locale__language_code=language
    )
    term = ActivityType.objects.get(
        translation_key=_term().translation_key, locale__language_code=language
    )
    before = _state()
    for url, answers in (
        (_edit(page), {"title": "X", "action-publish": "1"}),
        (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
        (reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}),
        (_edit(term), {"name": "X", "code": "x", "action-publish": "1"}),
        (reverse(ActivityType.snippet_viewset.get_url_name("delete"), args=[term.pk]), {}),
        (reverse(ActivityType.snippet_viewset.get_url_name("unpublish"), args=[term.pk]), {}),
        (reverse(ActivityType.snippet_viewset.get_url_name("add")), {"name": "X", "code": "x"}),
    ):
        response = client.post(url, answers)
        assert response.status_code in (302, 403), url
    assert _state() == before


def test_a_translator_does_not_change_data_of_an_own_page(french: Locale) -> None:
    """Nor when somebody has stopped its translation, which opens the editor of all fields."""
    client = _client("translator")
    translation = Translation.objects.get(
        source__object_id=centre().translation_key, target_locale__language_code="en"
    )
    page = translation.get_target_instance()
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    before = _state()
    assert client.get(_edit(page)).status_code == 302
    client.post(_edit(page), {"summary": "X", "management": "private"})
    assert _state() == before


def test_a_translator_deletes_no_draft_of_their_language(french: Locale) -> None:
    """Wagtail lets whoever may change a draft delete and move it, also with many others."""
    page = Translation.objects.get(
        source__object_id=centre().translation_key, target_locale__language_code="en"
    ).get_target_instance()
    page.unpublish()
    client = _client("translator")
    home = Page.objects.get(depth=2, locale=page.locale)
    before = _state()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for url in (
        f"{bulk}?id={page.pk}",
        f"{bulk}?id=all",
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]),
    ):
        assert client.post(url).status_code == 302, url
    assert _state() == before


def test_a_setting_lets_translators_publish_in_their_language(
    french: Locale, settings: Any
) -> None:
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "TRANSLATORS_PUBLISH": True}
    roles.set_up_roles()
    client = _client("translator")
    done = set()
    for language in ("en", "fr"):
        for source in (centre(), _term()):
            translation = Translation.objects.get(
                source__object_id=source.translation_key, target_locale__language_code=language
            )
            with transaction.atomic():
                if _changes(client, publish, translation):
                    done.add((language, type(source).__name__))
                transaction.set_rollback(True)
    assert done == {("en", "CentrePage"), ("en", "ActivityType")}
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "TRANSLATORS_PUBLISH": False}
    roles.set_up_roles()
    group = Group.objects.get(name=roles.translators("en"))
    assert not group.permissions.filter(codename__startswith="publish").exists()
    assert not group.page_permissions.filter(permission__codename="publish_page").exists()


def test_a_new_language_has_its_group_and_home(french: Locale) -> None:
    group = Group.objects.get(name="Translators (fr)")
    home = Page.objects.get(depth=2, locale=french)
    assert [row.page_id for row in group.page_permissions.all()] == [home.pk]
    before = list(Group.objects.values_list("name", "permissions"))
    roles.set_up_roles()
    assert list(Group.objects.values_list("name", "permissions")) == before


@pytest.mark.parametrize(
    ("middleware", "expected"),
    [
        ([AUTHENTICATION, GUARD], []),
        ([GUARD, AUTHENTICATION], ["family_cms.E011"]),
        ([AUTHENTICATION], ["family_cms.E011"]),
    ],
)
def test_a_host_without_the_guard_is_told(
    settings: Any, middleware: list[str], expected: list[str]
) -> None:
    settings.MIDDLEWARE = middleware
    assert [message.id for message in check_translators_are_guarded()] == expected
