"""When the admin has answered, the entry of the object that was written is right already.

No worker runs here. What depends on the object is found by its mark, and is right after a drain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail_localize.models import StringSegment

from centres.models import ActivityType, CentrePage, LegalReference, Place, ProgrammePage
from cms.delivery.drain import drain_all
from cms.delivery.models import Entry, Mark, Pending
from cms.delivery.verification import discrepancies
from tests.editor import Editor
from tests.pictures import picture
from tests.reading import Reader
from tests.working import work

Request = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def request_ends(db: None) -> Request:
    """A request that commits what it writes: as Django does, what waits for that is run, once."""

    @contextmanager
    def request() -> Iterator[None]:
        begun = len(connection.run_on_commit)
        yield
        while waiting := connection.run_on_commit[begun:]:
            del connection.run_on_commit[begun:]
            for _savepoints, callback, _robust in waiting:
                callback()

    return request


@pytest.fixture(autouse=True)
def _the_rest_follows(db: None) -> Iterator[None]:
    yield
    assert not Mark.objects.exclude(locale="").exists(), "a writer still waits for the own object"
    drain_all()
    assert not Pending.objects.exists()
    assert discrepancies() == []


@pytest.fixture
def centre(db: None) -> CentrePage:
    return CentrePage.objects.get(slug="me-te", locale__language_code="it")


def entry_of(instance: Any) -> Entry:
    """The entry of *instance* in its own language, as it is stored now."""
    public_id = getattr(instance, "translation_key", None) or instance.public_id
    return Entry.objects.get(public_id=public_id, locale="it")


def test_forms_post_what_the_rendered_page_would(editor: Editor, centre: CentrePage) -> None:
    """The editor of these tests does not invent a form: a browser would send the same inputs."""
    url = reverse("wagtailadmin_pages:edit", args=[centre.pk])
    form = BeautifulSoup(editor.client.get(url).content, "html.parser").find(id="page-edit-form")
    assert form is not None
    drawn = {
        field["name"]
        for field in form.find_all(["input", "select", "textarea"])
        if field.get("name") and "__prefix__" not in field["name"]
        if not (field.get("type") == "checkbox" and not field.has_attr("checked"))
    }
    sent = set(editor.page_form(centre))
    bookkeeping = {
        "csrfmiddlewaretoken",
        "next",
        "loaded_revision_id",
        "loaded_revision_created_at",
    }
    assert {name for name in drawn - sent if not name.endswith("-DELETE")} == bookkeeping
    by_script = ("activities-", "body-", "comments-", "hours-", "sources-")
    assert {
        name
        for name in sent - drawn
        if not name.startswith(by_script) and "-sources-" not in name and "-hours-" not in name
    } == set()


def test_form_posted_unchanged_changes_no_document(
    editor: Editor, centre: CentrePage, request_ends: Request
) -> None:
    """Whatever the forms of these tests leave out or garble would show here."""
    for page in (centre, ProgrammePage.objects.get(locale__language_code="it")):
        before = entry_of(page)
        with request_ends():
            editor.publish(page)
        assert entry_of(page).document == before.document


def test_page_is_published(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    with request_ends():
        editor.publish(centre, summary="A new summary")
    assert "A new summary" in entry_of(centre).document


def test_draft_stays_hidden(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    before = entry_of(centre)
    with request_ends():
        editor.save_draft(centre, summary="Not yet")
    assert entry_of(centre).sequence == before.sequence
    centre.refresh_from_db()
    assert centre.get_latest_revision_as_object().summary == "Not yet"


def test_page_is_scheduled(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    before = entry_of(centre)
    with request_ends():
        editor.publish(centre, summary="Later", go_live_at="2099-01-01 08:00:00")
    assert entry_of(centre).sequence == before.sequence
    centre.refresh_from_db()
    assert centre.scheduled_revision is not None


def test_page_is_unpublished(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    with request_ends():
        editor.unpublish(centre)
    assert (entry_of(centre).deleted, entry_of(centre).reason) == (True, "unpublished")


def test_page_is_deleted(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    for page in (*centre.get_translations(), centre):
        with request_ends():
            editor.delete(page)
    assert (entry_of(centre).deleted, entry_of(centre).reason) == (True, "deleted")


def test_page_is_restricted(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    with request_ends():
        editor.set_privacy(centre, "login")
    assert (entry_of(centre).deleted, entry_of(centre).reason) == (True, "restricted")
    with request_ends():
        editor.set_privacy(centre, "none")
    assert not entry_of(centre).deleted


def test_page_gets_another_slug(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    with request_ends():
        editor.publish(centre, slug="evolution")
    assert "/centri-per-le-famiglie/evolution/" in entry_of(centre).document


def test_page_is_moved(editor: Editor, centre: CentrePage, request_ends: Request) -> None:
    with request_ends():
        editor.copy(centre.get_parent(), "second", publish_copies="on")
    with request_ends():
        editor.move(centre, ProgrammePage.objects.get(slug="second"))
    assert f"/second/{centre.slug}/" in entry_of(centre).document


def test_programme_gets_another_slug(editor: Editor, request_ends: Request, reader: Reader) -> None:
    """The addresses of all that stands below it follow with the drain."""
    programme = ProgrammePage.objects.get(locale__language_code="it")
    with request_ends():
        editor.publish(programme, slug="renamed")
    assert "/it/renamed/" in entry_of(programme).document
    drain_all()
    for document in reader.items("centres"):
        assert "/it/renamed/" in document["html_url"]


def test_translation_is_published(editor: Editor, request_ends: Request, reader: Reader) -> None:
    page = CentrePage.objects.get(slug="saronno", locale__language_code="en")
    sentence = (
        StringSegment.objects.filter(
            source__object_id=page.translation_key, context__path__startswith="summary"
        ).first()
        or StringSegment.objects.filter(source__object_id=page.translation_key).first()
    )
    assert sentence is not None
    with request_ends():
        editor.translate(page, sentence, "Quite other words")
    entry = Entry.objects.get(public_id=page.translation_key, locale="en")
    assert "Quite other words" in entry.document


@pytest.mark.parametrize(
    ("model", "field"),
    [(ActivityType, "name"), (Place, "street"), (LegalReference, "summary")],
    ids=["term", "place", "act"],
)
def test_record_is_edited(editor: Editor, request_ends: Request, model: Any, field: str) -> None:
    record = model.objects.filter(locale__language_code="it").first()
    with request_ends():
        editor.save_record_draft(record, **{field: "Not yet"})
    assert "Not yet" not in entry_of(record).document
    with request_ends():
        editor.publish_record(record, **{field: "Other words"})
    assert "Other words" in entry_of(record).document
    with request_ends():
        editor.unpublish_record(record)
    assert (entry_of(record).deleted, entry_of(record).reason) == (True, "unpublished")


def test_image_is_shown_replaced_and_deleted(
    editor: Editor, centre: CentrePage, request_ends: Request, reader: Reader
) -> None:
    """An image has no entry of its own: the page that shows it follows with the worker."""
    with request_ends():
        image = get_image_model().objects.create(title="Door", file=picture("door.png", "red"))
    with request_ends():
        editor.publish(centre, image=str(image.pk), image_alt="The entrance")
    work()
    assert "/images/door." in entry_of(centre).document
    with request_ends():
        editor.edit_image(image, picture("window.png", "blue"), title="Window")
    work()
    assert "/images/door." not in entry_of(centre).document
    assert "/images/window." in entry_of(centre).document
    with request_ends():
        editor.delete_image(image)
    work()
    assert reader.by_title("centres", centre.title)["images"] == []


def test_site_gets_another_port(editor: Editor, request_ends: Request, reader: Reader) -> None:
    """A site has no entry of its own: every address follows with the drain."""
    with request_ends():
        editor.edit_site(Site.objects.get(is_default_site=True), port="8099")
    drain_all()
    for resource in ("centres", "legal-references"):
        for document in reader.items(resource):
            assert ":8099/" in document["url"]
