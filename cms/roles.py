"""The roles of the people who work here, as groups with no more than each needs.

First version: editors write and submit, publishers approve, translators work in the translation
editor, officers have no content. The issue that completes roles narrows and tests them.
"""

from __future__ import annotations

from typing import Final

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.delivery import resources

EDITORS: Final = "Editors"
PUBLISHERS: Final = "Publishers"
TRANSLATORS_EN: Final = "Translators (en)"
OFFICERS: Final = "Feedback officers"

RECORD_ACTIONS: Final = {
    EDITORS: ("add", "change"),
    PUBLISHERS: ("add", "change", "publish", "delete"),
    TRANSLATORS_EN: (),
    OFFICERS: (),
}
PAGE_ACTIONS: Final = {
    EDITORS: ("add_page", "change_page"),
    PUBLISHERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}


def set_up_roles() -> list[str]:
    """Create or complete the groups; running it again changes nothing. Returns their names."""
    for name, actions in RECORD_ACTIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        wanted = [_permission("wagtailadmin", "access_admin")]
        for resource in resources.all_resources():
            if not resource.is_page:
                meta = resource.model._meta
                wanted += [
                    _permission(meta.app_label, f"{action}_{meta.model_name}") for action in actions
                ]
        if name == TRANSLATORS_EN and apps.is_installed("wagtail_localize"):
            wanted.append(_permission("wagtail_localize", "submit_translation"))
        group.permissions.add(*[permission for permission in wanted if permission])
        _grant_pages(group, PAGE_ACTIONS.get(name, ()))
    _grant_translators(Group.objects.get(name=TRANSLATORS_EN), "en")
    return list(RECORD_ACTIONS)


def _permission(app_label: str, codename: str) -> Permission | None:
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()


def _grant_pages(group: Group, actions: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    for action in actions:
        permission = _permission("wagtailcore", action)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    if actions:
        collection = Collection.get_first_root_node()
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for action in ("add", "change", "choose"):
                permission = _permission(app, f"{action}_{model}")
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _grant_translators(group: Group, language_code: str) -> None:
    """A translator changes pages only below the home pages of one language."""
    homes = Page.objects.filter(depth=2, locale__language_code=language_code)
    for home in homes:
        GroupPagePermission.objects.get_or_create(
            group=group, page=home, permission=_permission("wagtailcore", "change_page")
        )
