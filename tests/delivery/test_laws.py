"""Single laws of the read model, each by the write that could break it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.images import get_image_model

from centres.models import ActivityType, CentrePage, LegalReference, Place, ProgrammePage
from cms.delivery.drain import drain_all
from cms.delivery.models import Feed, Mark, Pending
from tests.pictures import picture
from tests.reading import Follower, Reader
from tests.working import work


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


def test_data_of_a_record_changed_in_italian_are_right_in_english(reader: Reader) -> None:
    """A record's translation is not synchronised when the record is published."""
    places = Place.objects.filter(locale__language_code="en")
    place = Place.objects.filter(
        locale__language_code="it", translation_key__in=places.values("translation_key")
    ).first()
    act = LegalReference.objects.get(locale__language_code="it", number="1507")
    term = ActivityType.objects.get(code="mutual-aid", locale__language_code="it")
    assert place is not None
    place.street, act.number, term.code = "via Nuova 1", "1508", "self-help"
    for record in (place, act, term):
        assert record.get_translations().filter(locale__language_code="en").exists()
        record.save_revision().publish()
    drain_all()
    shown = {item["id"]: item for item in reader.items("places", "en")}
    assert shown[str(place.public_id)]["address"]["street"]["text"] == "via Nuova 1"
    assert "via Nuova 1" in shown[str(place.public_id)]["title"]
    shown = {item["id"]: item for item in reader.items("legal-references", "en")}
    assert shown[str(act.public_id)]["number"] == "1508"
    assert shown[str(act.public_id)]["title"] == "DGR 1508/2023"
    assert shown[str(act.public_id)]["html_url"].endswith("#dgr-1508-2023")
    assert "DGR 1508/2023" in str(reader.items("programmes", "en"))
    shown = {item["id"]: item for item in reader.items("activity-types", "en")}
    assert shown[str(term.public_id)]["code"] == "self-help"


def test_bookkeeping_of_the_text_editor_is_not_published(reader: Reader) -> None:
    page = ProgrammePage.objects.get(locale__language_code="it")
    (before,) = reader.items("programmes")
    page.purpose = page.purpose.replace("<p>", '<p data-block-key="a1b2c">')
    assert "data-block-key" in page.purpose
    page.save_revision().publish()
    drain_all()
    assert reader.items("programmes") == [before]


def test_build_between_save_and_end_of_an_image_is_made_good(reader: Reader) -> None:
    """Wagtail saves a replaced file first and deletes the old sizes after that, in no transaction:
    the worker may build in between.
    """
    page = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    page.image = get_image_model().objects.create(title="Door", file=picture("door.png", "red"))
    page.image_decorative = True
    page.save_revision().publish()
    work()
    page.image.renditions.all().delete()
    work()
    shown = [item["url"] for item in reader.by_title("centres", page.title)["images"]]
    assert shown
    for url in shown:
        assert page.image.renditions.filter(file=url.partition("/media/")[2]).exists()


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
