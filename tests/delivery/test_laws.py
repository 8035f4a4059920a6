"""Laws of the read model, held over random sequences of what editors do.

After each drain every stored document equals a fresh build, numbers are unique and not beyond the
head, tombstones carry nothing, and a portal that follows the feed holds exactly what lists show.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from centres.models import (
    ActivityType,
    CentrePage,
    LegalReference,
    Organisation,
    Place,
    ProgrammePage,
)
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry, Feed, Mark, Pending
from cms.delivery.verification import discrepancies
from tests.reading import Follower, Reader

Action = Callable[[random.Random], None]


def _centre(chance: random.Random, **criteria: object) -> CentrePage | None:
    pages = list(CentrePage.objects.filter(**criteria).order_by("pk"))
    return chance.choice(pages) if pages else None


def publish(chance: random.Random) -> None:
    if page := _centre(chance):
        page.summary = f"Summary {chance.random()}"
        page.save_revision().publish()


def save_draft(chance: random.Random) -> None:
    if page := _centre(chance):
        page.summary = f"Draft {chance.random()}"
        page.save_revision()


def unpublish(chance: random.Random) -> None:
    if page := _centre(chance, live=True):
        page.unpublish()


def expire(chance: random.Random) -> None:
    if page := _centre(chance, live=True):
        page.unpublish(set_expired=True)


def delete(chance: random.Random) -> None:
    if CentrePage.objects.count() > 8 and (page := _centre(chance)):
        Page.objects.get(pk=page.pk).delete()


def rename_slug(chance: random.Random) -> None:
    pages = [*ProgrammePage.objects.all(), *CentrePage.objects.all()]
    page = chance.choice(pages)
    page.slug = f"slug-{chance.randrange(10**6)}"
    page.save_revision().publish()


def move(chance: random.Random) -> None:
    """Out of the programme, where it is still public, and back on another day."""
    if (page := _centre(chance, locale__language_code="it")) is None:
        return
    programme = ProgrammePage.objects.get(locale=page.locale)
    target = programme if page.get_parent().pk != programme.pk else programme.get_parent()
    page.move(target, pos="last-child")


def restrict(chance: random.Random) -> None:
    page = chance.choice([*ProgrammePage.objects.all(), *CentrePage.objects.all()])
    existing = PageViewRestriction.objects.filter(page=page).first()
    if existing:
        existing.delete()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def lift_restrictions(chance: random.Random) -> None:
    for restriction in PageViewRestriction.objects.all():
        restriction.delete()


def rename_term(chance: random.Random) -> None:
    term = chance.choice(list(ActivityType.objects.order_by("pk")))
    term.name = f"Term {chance.random()}"
    term.save_revision().publish()


def toggle_term(chance: random.Random) -> None:
    term = chance.choice(list(ActivityType.objects.order_by("pk")))
    if term.live:
        term.unpublish()
    else:
        term.save_revision().publish()


def edit_place(chance: random.Random) -> None:
    place = chance.choice(list(Place.objects.order_by("pk")))
    place.street = f"via {chance.randrange(1000)}"
    place.save()


def rename_body(chance: random.Random) -> None:
    body = chance.choice(list(Organisation.objects.order_by("pk")))
    body.name = f"Body {chance.random()}"
    body.save_revision().publish()


def edit_act(chance: random.Random) -> None:
    act = chance.choice(list(LegalReference.objects.order_by("pk")))
    act.summary = f"Gloss {chance.random()}"
    act.save_revision().publish()


def drop_a_relation(chance: random.Random) -> None:
    acts = [act for act in LegalReference.objects.all() if act.relations.exists()]
    if acts:
        chance.choice(acts).relations.first().delete()


def edit_seat(chance: random.Random) -> None:
    if page := _centre(chance, locale__language_code="it"):
        for seat in page.seats.all():
            seat.note = f"Note {chance.random()}"
        page.save_revision().publish()


def change_host(chance: random.Random) -> None:
    site = Site.objects.get(is_default_site=True)
    site.port = chance.choice([80, 8000, 8080])
    site.save()


def alias(chance: random.Random) -> None:
    english = Locale.objects.get(language_code="en")
    for page in CentrePage.objects.filter(locale__language_code="it"):
        programme = page.get_parent().specific
        if page.has_translation(english) or not isinstance(programme, ProgrammePage):
            continue
        page.copy_for_translation(english, alias=True)
        return


ACTIONS: list[Action] = [
    publish,
    publish,
    save_draft,
    unpublish,
    expire,
    delete,
    rename_slug,
    move,
    restrict,
    lift_restrictions,
    rename_term,
    toggle_term,
    edit_place,
    rename_body,
    edit_act,
    drop_a_relation,
    edit_seat,
    change_host,
    alias,
]


def _assert_laws() -> None:
    assert not Mark.objects.exists()
    assert not Pending.objects.exists()
    assert discrepancies() == []
    head = Feed.objects.get().head
    numbers = [
        number for number in Entry.objects.values_list("sequence", flat=True) if number is not None
    ]
    assert len(numbers) == len(set(numbers))
    assert max(numbers) <= head
    for tombstone in Entry.objects.filter(deleted=True):
        assert (tombstone.document, tombstone.summary, tombstone.sort_key) == ("", "", "")


@pytest.mark.parametrize("seed", range(4))
def test_random_editing(reader: Reader, seed: int) -> None:
    chance = random.Random(seed)
    policies = {"it": {"locale": "it"}, "en": {"locale": "en"}}
    policies["en without fallback"] = {"locale": "en", "fallback": "false"}
    followers = {name: Follower(reader, **query) for name, query in policies.items()}
    done = []
    for _round in range(6):
        for _step in range(chance.randrange(1, 5)):
            action = chance.choice(ACTIONS)
            done.append(action.__name__)
            action(chance)
        drain_all()
        _assert_laws()
        for name, follower in followers.items():
            follower.catch_up()
            query = dict(policies[name])
            assert follower.held == reader.everything(query.pop("locale"), **query), (name, done)


def test_projection_that_changes_nothing_takes_no_number(db: None) -> None:
    head = Feed.objects.get().head
    page = CentrePage.objects.filter(live=True).first()
    assert page is not None
    page.save()
    page.save_revision()
    assert drain_all() > 0
    assert Feed.objects.get().head == head


def test_own_entry_follows_at_once_and_the_rest_waits(
    reader: Reader, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    term = ActivityType.objects.get(code="mutual-aid", locale__language_code="it")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        term.name = "Gruppi nuovi"
        term.save_revision().publish()
    titles = [item["title"] for item in reader.items("activity-types")]
    assert "Gruppi nuovi" in titles
    assert not Pending.objects.exists(), "an editor does not wait until the rest is queued"
    assert Mark.objects.exists()
    (programme,) = reader.items("programmes")
    assert "Gruppi nuovi" not in str(programme)
    drain_all()
    (programme,) = reader.items("programmes")
    assert "Gruppi nuovi" in str(programme)


def test_telephone_changed_in_italian_is_right_in_english(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    contact = page.contacts.get(kind="phone")
    contact.value = "+39 02 96710358"
    page.contacts.add(contact)
    page.save_revision().publish()
    drain_all()
    document = reader.by_title("centres", page.title, "en")
    assert document["contacts"][0]["value"] == "+39 02 96710358"
    assert document["is_fallback"] is False


def test_lost_translation_is_an_upsert_with_the_fallback(reader: Reader) -> None:
    follower = Follower(reader, locale="en")
    follower.catch_up()
    page = CentrePage.objects.get(slug="saronno", locale__language_code="en")
    page.unpublish()
    drain_all()
    changes = {item["id"]: item for item in follower.catch_up() if item["resource"] == "centres"}
    (change,) = changes.values()
    assert change["change"] == "upsert"
    assert change["document"]["is_fallback"] is True


def test_unpublished_source_takes_its_translations_along(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    page.unpublish()
    drain_all()
    for locale in ("it", "en"):
        assert page.title not in [item["title"] for item in reader.items("centres", locale)]


def test_failed_build_holds_up_no_other(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    from cms.delivery import drain as module

    honest = module.project

    def failing(resource: object, public_id: object, *args: object) -> object:
        if str(public_id) == str(broken.translation_key):
            raise RuntimeError("cannot be built")
        return honest(resource, public_id, *args)  # type: ignore[arg-type]

    broken, whole = CentrePage.objects.filter(locale__language_code="it")[:2]
    for page in (broken, whole):
        page.summary = "Changed"
        page.save_revision().publish()
    monkeypatch.setattr(module, "project", failing)
    drain_all()
    assert reader.by_title("centres", whole.title)["text"] == "Changed"
    assert "text" not in reader.by_title("centres", broken.title)
    waiting = Pending.objects.filter(public_id=broken.translation_key)
    assert {row.error for row in waiting} == {"RuntimeError: cannot be built"}
    monkeypatch.undo()
    broken.save()
    drain_all()
    assert reader.by_title("centres", broken.title)["text"] == "Changed"


def test_feed_cursor_of_another_feed_is_gone(reader: Reader) -> None:
    url = reader.json("/api/v1/changes?limit=3")["next"]

    call_command("rotate_feed", verbosity=0)
    assert reader.get(url).status_code == 410


def test_feed_filters_are_fixed_in_the_cursor(reader: Reader) -> None:
    url = reader.json("/api/v1/changes?limit=3&locale=it")["next"]
    assert reader.get(f"{url}&locale=it").status_code == 200
    assert reader.get(f"{url}&locale=en").status_code == 400


def test_page_that_expires_leaves_a_tombstone(reader: Reader) -> None:
    follower = Follower(reader, locale="it")
    follower.catch_up()
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)
    drain_all()
    (change,) = [item for item in follower.catch_up() if item["resource"] == "centres"]
    assert (change["change"], change["reason"]) == ("tombstone", "expired")


def test_page_that_is_scheduled_appears_when_its_time_has_come(reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)
    drain_all()
    assert page.title not in [item["title"] for item in reader.items("centres")]
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    drain_all()
    assert page.title in [item["title"] for item in reader.items("centres")]
