"""What editors do, each as one action of random choice, through the admin's own views.

Where the admin has no view of its own, the model is written, and the action says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site
from wagtail_localize.models import StringSegment, Translation

from centres.models import (
    ActivityType,
    CentrePage,
    LegalReference,
    Organisation,
    Place,
    ProgrammePage,
)
from tests.editor import Editor
from tests.pictures import picture

Action = Callable[[Editor, random.Random], None]


def _pages(editor_writes: bool = True, **criteria: object) -> list[Any]:
    """Italian programmes and centres; with *editor_writes* those whose form may be posted."""
    found: list[Any] = []
    for model in (ProgrammePage, CentrePage):
        pages = model.objects.filter(locale__language_code="it", **criteria).order_by("pk")
        if editor_writes:
            pages = pages.filter(alias_of=None)
        found += [page for page in pages if not editor_writes or page.scheduled_revision is None]
    return found


def _centre(chance: random.Random, **criteria: object) -> CentrePage | None:
    pages = [page for page in _pages(**criteria) if isinstance(page, CentrePage)]
    return chance.choice(pages) if pages else None


def _record(chance: random.Random, model: Any, **criteria: object) -> Any:
    """Choose a record that its own form edits: a translation is edited as a translation."""
    rows = model.objects.filter(**criteria).order_by("pk")
    if hasattr(model, "locale"):
        rows = rows.filter(locale__language_code="it")
    return chance.choice(list(rows)) if rows else None


def _later() -> str:
    return f"{timezone.localtime() + timedelta(hours=1):%Y-%m-%d %H:%M:%S}"


# Pages


def publish(editor: Editor, chance: random.Random) -> None:
    if page := _centre(chance):
        editor.publish(page, summary=f"Summary {chance.random()}")


def save_draft(editor: Editor, chance: random.Random) -> None:
    if page := _centre(chance):
        editor.save_draft(page, summary=f"Draft {chance.random()}")


def edit_seat(editor: Editor, chance: random.Random) -> None:
    if (page := _centre(chance)) and page.seats.exists():
        editor.publish(page, **{"seats-0-note": f"Note {chance.random()}"})


def rename_slug(editor: Editor, chance: random.Random) -> None:
    page = chance.choice(_pages())
    editor.publish(page, slug=f"slug-{chance.randrange(10**6)}")


def unpublish(editor: Editor, chance: random.Random) -> None:
    if page := _centre(chance, live=True):
        editor.unpublish(page)


def delete(editor: Editor, chance: random.Random) -> None:
    if CentrePage.objects.count() > 8 and (page := _centre(chance)):
        editor.delete(page)


def move(editor: Editor, chance: random.Random) -> None:
    """Below another programme; the view moves translations along where it can."""
    centre = _centre(chance)
    others = ProgrammePage.objects.filter(locale__language_code="it", alias_of=None)
    if centre and (targets := others.exclude(pk=centre.get_parent().pk)):
        editor.move(centre, chance.choice(list(targets)))


def copy_programme(editor: Editor, chance: random.Random) -> None:
    """A second programme with nothing below it, for centres to move to."""
    if ProgrammePage.objects.filter(locale__language_code="it").count() < 2:
        page = chance.choice([page for page in _pages() if isinstance(page, ProgrammePage)])
        editor.copy(page, f"programme-{chance.randrange(10**6)}", publish_copies="on")


def copy_centre(editor: Editor, chance: random.Random) -> None:
    """As a page of its own, or as an alias in the same tree, which is no object of its own."""
    if page := _centre(chance):
        ticked = chance.choice([{"alias": "on"}, {"publish_copies": "on"}, {}])
        editor.copy(page, f"copy-{chance.randrange(10**6)}", **ticked)


def restrict(editor: Editor, chance: random.Random) -> None:
    page = chance.choice(_pages(editor_writes=False))
    restricted = PageViewRestriction.objects.filter(page=page).exists()
    editor.set_privacy(page, "none" if restricted else "login")


def lift_restrictions(editor: Editor, chance: random.Random) -> None:
    for restriction in PageViewRestriction.objects.all():
        editor.set_privacy(restriction.page, "none")


def schedule(editor: Editor, chance: random.Random) -> None:
    if page := _centre(chance):
        words = f"Scheduled {chance.random()}"
        editor.publish(page, summary=words, go_live_at=_later(), expire_at="")


def unschedule(editor: Editor, chance: random.Random) -> None:
    for page in CentrePage.objects.filter(locale__language_code="it"):
        if page.scheduled_revision:
            editor.unschedule(page)
            return


def let_expire(editor: Editor, chance: random.Random) -> None:
    if page := _centre(chance, live=True):
        editor.publish(page, go_live_at="", expire_at=_later())


def time_passes(editor: Editor, chance: random.Random) -> None:
    """No view for this one: what was scheduled for later becomes due."""
    past = timezone.now() - timedelta(minutes=1)
    Page.objects.filter(expire_at__isnull=False, live=True).update(expire_at=past)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
    call_command("publish_scheduled", verbosity=0)


# Translations


def translate(editor: Editor, chance: random.Random) -> None:
    pages = CentrePage.objects.filter(locale__language_code="en", alias_of=None).order_by("pk")
    translated = [
        (page, sentence)
        for page in pages
        for sentence in StringSegment.objects.filter(
            source__object_id=page.translation_key
        ).order_by("pk")
    ]
    if translated:
        page, sentence = chance.choice(translated)
        editor.translate(page, sentence, f"Words {chance.random()}")


def synchronise(editor: Editor, chance: random.Random) -> None:
    ids = CentrePage.objects.filter(locale__language_code="it").values("translation_key")
    found = Translation.objects.filter(source__object_id__in=ids).order_by("pk")
    if found:
        editor.synchronise(chance.choice(list(found)))


def alias_in_english(editor: Editor, chance: random.Random) -> None:
    """No view for this one: a tree that is kept in step makes such aliases by itself."""
    english = Locale.objects.get(language_code="en")
    for page in CentrePage.objects.filter(locale__language_code="it", alias_of=None):
        programme = page.get_parent()
        if not page.has_translation(english) and programme.has_translation(english):
            page.copy_for_translation(english, alias=True)
            return


# Records


def rename_term(editor: Editor, chance: random.Random) -> None:
    editor.publish_record(_record(chance, ActivityType), name=f"Term {chance.random()}")


def draft_term(editor: Editor, chance: random.Random) -> None:
    editor.save_record_draft(_record(chance, ActivityType), name=f"Draft {chance.random()}")


def toggle_term(editor: Editor, chance: random.Random) -> None:
    term = _record(chance, ActivityType)
    if term.live:
        editor.unpublish_record(term)
    else:
        editor.publish_record(term)


def edit_place(editor: Editor, chance: random.Random) -> None:
    editor.publish_record(_record(chance, Place), street=f"via {chance.randrange(1000)}")


def toggle_place(editor: Editor, chance: random.Random) -> None:
    place = _record(chance, Place)
    if place.live:
        editor.unpublish_record(place)
    else:
        editor.publish_record(place)


def rename_body(editor: Editor, chance: random.Random) -> None:
    editor.publish_record(_record(chance, Organisation), name=f"Body {chance.random()}")


def edit_act(editor: Editor, chance: random.Random) -> None:
    editor.publish_record(_record(chance, LegalReference), summary=f"Gloss {chance.random()}")


def drop_a_relation(editor: Editor, chance: random.Random) -> None:
    act = _record(chance, LegalReference, relations__isnull=False)
    if act:
        editor.publish_record(act, **{"relations-0-DELETE": "on"})


# Images and sites


def show_image(editor: Editor, chance: random.Random) -> None:
    """No view for making the image: nothing depends on it before a page shows it."""
    if page := _centre(chance):
        name = f"image-{chance.randrange(10**6)}"
        image = get_image_model().objects.create(title=name, file=picture(f"{name}.png", "red"))
        editor.publish(page, image=str(image.pk), image_alt="The entrance")


def replace_image(editor: Editor, chance: random.Random) -> None:
    if image := get_image_model().objects.order_by("pk").first():
        name = f"other-{chance.randrange(10**6)}.png"
        editor.edit_image(image, picture(name, "blue"), title=f"Title {chance.random()}")


def delete_image(editor: Editor, chance: random.Random) -> None:
    if image := get_image_model().objects.order_by("pk").first():
        editor.delete_image(image)


def change_host(editor: Editor, chance: random.Random) -> None:
    site = Site.objects.get(is_default_site=True)
    editor.edit_site(site, port=str(chance.choice([80, 8000, 8080])))


ACTIONS: list[Action] = [
    publish,
    publish,
    save_draft,
    edit_seat,
    rename_slug,
    unpublish,
    delete,
    move,
    copy_programme,
    copy_centre,
    restrict,
    lift_restrictions,
    schedule,
    unschedule,
    let_expire,
    time_passes,
    translate,
    synchronise,
    alias_in_english,
    rename_term,
    draft_term,
    toggle_term,
    edit_place,
    toggle_place,
    rename_body,
    edit_act,
    drop_a_relation,
    show_image,
    replace_image,
    delete_image,
    change_host,
]
