"""Who may write in which language.

A translators' group holds a permission named after its language. What else it may change it changes
in that language only; what somebody may change through other groups holds everywhere.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation

PREFIX: Final = "translate_into_"


def is_translators(prefix: str = "") -> Q:
    """Return the condition that a group, found at *prefix*, is one of translators."""
    return Q(
        **{
            f"{prefix}permissions__codename__startswith": PREFIX,
            f"{prefix}permissions__content_type__app_label": "family_localisation",
        }
    )


def languages_of(user: Any) -> set[str]:
    """Return the codes of the languages that *user* translates into by a group's permission."""
    codenames = Permission.objects.filter(
        group__user=user, content_type__app_label="family_localisation", codename__startswith=PREFIX
    ).values_list("codename", flat=True)
    return {codename.removeprefix(PREFIX) for codename in codenames}


def other_groups(user: Any) -> QuerySet[Group]:
    """Return the groups of *user* that are none of translators."""
    translators = Group.objects.filter(is_translators())
    found: QuerySet[Group] = user.groups.exclude(pk__in=translators.values("pk"))
    return found


def holds_everywhere(user: Any, app_label: str, codename: str) -> bool:
    """Whether *user* has a permission otherwise than as a translator."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    return (
        Permission.objects.filter(codename=codename, content_type__app_label=app_label)
        .filter(Q(user=user) | Q(group__in=other_groups(user)))
        .exists()
    )


def holds_on_page(user: Any, page: Page, *codenames: str) -> bool:
    """Whether *user* has one of the page permissions *codenames* otherwise than as a translator."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return GroupPagePermission.objects.filter(
        group__in=other_groups(user), page__path__in=paths, permission__codename__in=codenames
    ).exists()


def writes_everywhere(user: Any, instance: Any) -> bool:
    """Whether *user* may change *instance* otherwise than as a translator."""
    if isinstance(instance, Page):
        return holds_on_page(user, instance, "change_page", "publish_page")
    meta = instance._meta
    return holds_everywhere(user, meta.app_label, f"change_{meta.model_name}")


def may_decide(user: Any, instance: Any) -> bool:
    """Whether *user* may stop, override or detach translations of *instance*, as publishers may."""
    if isinstance(instance, Page):
        return holds_on_page(user, instance, "publish_page")
    meta = instance._meta
    return holds_everywhere(user, meta.app_label, f"publish_{meta.model_name}")


def glossary_languages(user: Any) -> QuerySet[Locale]:
    """Return the languages whose glossary *user* may change, if they may change one at all."""
    targets = Locale.objects.exclude(pk=Locale.get_default().pk)
    if holds_everywhere(user, "family_localisation", "change_glossaryterm"):
        return targets
    return targets.filter(language_code__in=languages_of(user))


def may_translate(user: Any, translation: Translation) -> bool:
    """Whether *user* may write words of *translation*."""
    target = translation.get_target_instance()
    if isinstance(target, Page):
        if not target.permissions_for_user(user).can_edit():
            return False
    elif not user.has_perm(f"{target._meta.app_label}.change_{target._meta.model_name}"):
        return False
    if writes_everywhere(user, target):
        return True
    return translation.target_locale.language_code in languages_of(user)


def is_translated(instance: Any) -> bool:
    """Whether *instance* is edited in the translation editor, where data cannot be changed."""
    return Translation.objects.filter(
        source__object_id=instance.translation_key,
        target_locale_id=instance.locale_id,
        enabled=True,
    ).exists()
