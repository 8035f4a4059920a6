"""The roles of the people who work here, as groups with no more than each needs.

Editors write and submit, publishers approve (:mod:`cms.moderation`), translators work in the
translation editor of their language (:mod:`cms.localisation.languages` keeps them there), officers
have no content.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    TranslatableMixin,
)

from cms import conf
from cms.delivery import resources
from cms.moderation import set_up_moderation

EDITORS: Final = "Editors"
PUBLISHERS: Final = "Publishers"
OFFICERS: Final = "Feedback officers"

RECORD_ACTIONS: Final = {
    EDITORS: ("add", "change"),
    PUBLISHERS: ("add", "change", "publish", "delete", "lock", "unlock"),
    OFFICERS: (),
}
PAGE_ACTIONS: Final = {
    EDITORS: ("add_page", "change_page"),
    PUBLISHERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILE_ACTIONS: Final = {
    EDITORS: ("add", "choose"),
    PUBLISHERS: ("add", "choose", "change"),
}
"""Whoever adds an image or document may change it; ``change`` is for those of everybody, which
published pages show."""
FILES: Final = (("wagtailimages", "image"), ("wagtaildocs", "document"))


_of_apps: dict[str, list[str]] = {}


def grant(role: str, *permissions: str) -> None:
    """Announce that *role* holds *permissions* of an app, such as ``family_feedback.view_rating``.

    Called when the app is ready; the groups have them once they are set up.
    """
    held = _of_apps.setdefault(role, [])
    held += [permission for permission in permissions if permission not in held]


def translators(language_code: str) -> str:
    """Return the name of the group of translators into a language."""
    return f"Translators ({language_code})"


def set_up_roles() -> list[str]:
    """Create or complete the groups and their workflow; return the groups' names.

    Running it again changes nothing, and takes away nothing that an administrator added.
    """
    for name, actions in RECORD_ACTIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        wanted = [_permission("wagtailadmin", "access_admin")]
        for resource in resources.all_resources():
            if not resource.is_page:
                meta = resource.model._meta
                wanted += [
                    _permission(meta.app_label, f"{action}_{meta.model_name}") for action in actions
                ]
        wanted += [_permission(*item.split(".")) for item in _of_apps.get(name, ())]
        if name == PUBLISHERS:
            wanted.append(_permission("wagtail_localize", "submit_translation"))
            wanted += _glossary_permissions()
        group.permissions.add(*[permission for permission in wanted if permission])
        _grant_pages(group, PAGE_ACTIONS.get(name, ()))
        _grant_files(group, FILE_ACTIONS.get(name, ()))
    if set_up_moderation(Group.objects.get(name=PUBLISHERS)):
        _narrow_stock_editors()
    return [*RECORD_ACTIONS, *(set_up_translators(locale) for locale in target_locales())]


def target_locales() -> list[Locale]:
    """Return the content languages that are translated into: all but the default one."""
    return [locale for locale in Locale.objects.order_by("language_code") if is_target(locale)]


def is_target(locale: Locale) -> bool:
    """Whether *locale* is translated into; the default one need not exist yet."""
    default = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return bool(locale.language_code != default)


def set_up_translators(locale: Locale) -> str:
    """Create or complete the group of translators into *locale*; return its name.

    What it may publish follows ``TRANSLATORS_PUBLISH`` both ways.
    """
    group, _created = Group.objects.get_or_create(name=translators(locale.language_code))
    group.permissions.add(
        *filter(
            None,
            [
                _permission("wagtailadmin", "access_admin"),
                _permission("wagtail_localize", "submit_translation"),
                _language_permission(locale.language_code),
                *_glossary_permissions(),
            ],
        )
    )
    for resource in resources.all_resources():
        if not resource.is_page and issubclass(resource.model, TranslatableMixin):
            meta = resource.model._meta
            change = _permission(meta.app_label, f"change_{meta.model_name}")
            publish = _permission(meta.app_label, f"publish_{meta.model_name}")
            if change is not None:
                group.permissions.add(change)
            if publish is not None:
                if conf.translators_publish():
                    group.permissions.add(publish)
                else:
                    group.permissions.remove(publish)
    for home in Page.objects.filter(depth=2, locale=locale):
        grant_home(home, group)
    return group.name


def grant_home(home: Page, group: Group) -> None:
    """Let translators change what stands below the home page of their language."""
    GroupPagePermission.objects.get_or_create(
        group=group, page=home, permission=_permission("wagtailcore", "change_page")
    )
    publish = _permission("wagtailcore", "publish_page")
    if conf.translators_publish():
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=publish)
    else:
        GroupPagePermission.objects.filter(group=group, page=home, permission=publish).delete()


def _language_permission(language_code: str) -> Permission | None:
    if not apps.is_installed("cms.localisation"):
        return None
    model = apps.get_model("family_localisation", "PublishedTranslation")
    permission, _created = Permission.objects.get_or_create(
        codename=f"translate_into_{language_code}",
        content_type=ContentType.objects.get_for_model(model),
        defaults={"name": f"Can translate into {language_code}"},
    )
    return permission


def _glossary_permissions() -> list[Permission | None]:
    """Translators are kept to the glossary of their language by :mod:`cms.localisation.guard`."""
    actions = ("add", "change", "delete")
    return [_permission("family_localisation", f"{action}_glossaryterm") for action in actions]


def _permission(app_label: str, codename: str) -> Permission | None:
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()


def _grant_pages(group: Group, actions: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    for action in actions:
        permission = _permission("wagtailcore", action)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _grant_files(group: Group, actions: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    for (app, model), action in product(FILES, actions):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(app, f"{action}_{model}")
        )


def _narrow_stock_editors() -> None:
    """Take from the group of editors that Wagtail made what would go past a publisher.

    Only once: what is granted later was granted on purpose.
    """
    codenames = [f"change_{model}" for _app, model in FILES]
    GroupCollectionPermission.objects.filter(
        group__name=EDITORS, permission__codename__in=codenames
    ).delete()
