"""From a draft to readers: an editor submits, a publisher approves; pages and records alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Revision,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from centres.models import CentrePage, LegalReference, Organisation, Place
from cms import roles
from cms.delivery.drain import drain_all
from cms.moderation import moderated_records, workflow_of
from tests.editor import Editor
from tests.reading import Reader

WORDS = "Il Centro riceve il venerdì."


def centre() -> CentrePage:
    return CentrePage.objects.get(slug="saronno", locale__language_code="it")


def place() -> Place:
    return Place.objects.filter(locale__language_code="it").order_by("pk")[0]


CHANGES: dict[str, tuple[Any, dict[str, str]]] = {
    "page": (centre, {"summary": WORDS}),
    "record": (place, {"directions": WORDS}),
}
KINDS = pytest.mark.parametrize("kind", CHANGES)


def words(instance: Any) -> str:
    return str(instance.summary if isinstance(instance, Page) else instance.directions)


@KINDS
def test_what_an_editor_changes_reaches_readers_when_a_publisher_approved(
    kind: str, writer: Editor, publisher: Editor
) -> None:
    find, changes = CHANGES[kind]
    writer.submit(find(), **changes)
    assert words(find()) != WORDS
    publisher.approve(find())
    assert words(find()) == WORDS
    assert not find().workflow_in_progress


@KINDS
def test_a_publisher_sends_back_and_the_editor_submits_again(
    kind: str, writer: Editor, publisher: Editor
) -> None:
    find, changes = CHANGES[kind]
    writer.submit(find(), **changes)
    publisher.request_changes(find())
    assert find().current_workflow_state.status == "needs_changes"
    writer.submit(find(), **changes)
    publisher.approve(find())
    assert words(find()) == WORDS


@KINDS
def test_an_editor_neither_approves_nor_publishes(kind: str, writer: Editor) -> None:
    find, changes = CHANGES[kind]
    writer.submit(find(), **changes)
    with pytest.raises(AssertionError):
        writer.approve(find())
    published = {"page": writer.publish, "record": writer.publish_record}[kind]
    with pytest.raises(AssertionError):
        published(find(), **changes)
    assert words(find()) != WORDS


@KINDS
@pytest.mark.parametrize("live", [True, False])
def test_what_is_approved_for_later_appears_then(
    kind: str, live: bool, writer: Editor, publisher: Editor
) -> None:
    find, changes = CHANGES[kind]
    if not live:
        find().unpublish()
    later = timezone.localtime() + timedelta(days=2)
    writer.submit(find(), **changes, go_live_at=f"{later:%Y-%m-%d %H:%M}")
    publisher.approve(find())
    assert find().scheduled_revision is not None
    assert find().live is live
    assert words(find()) != WORDS or not live
    _two_days_pass()
    assert find().live
    assert words(find()) == WORDS
    assert find().scheduled_revision is None


@KINDS
def test_what_is_approved_until_a_day_goes_then(
    kind: str, writer: Editor, publisher: Editor
) -> None:
    find, changes = CHANGES[kind]
    later = timezone.localtime() + timedelta(days=2)
    writer.submit(find(), **changes, expire_at=f"{later:%Y-%m-%d %H:%M}")
    publisher.approve(find())
    assert find().live
    assert words(find()) == WORDS
    type(find()).objects.filter(pk=find().pk).update(expire_at=timezone.now() - timedelta(days=1))
    call_command("publish_scheduled", verbosity=0)
    assert not find().live
    assert find().expired


def _two_days_pass() -> None:
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
    call_command("publish_scheduled", verbosity=0)


NEW_PLACE = {"name": "Biblioteca di prova", "street": "via Roma 1"}


def _add_in_chooser(editor: Editor, model: Any, answers: dict[str, str]) -> Any:
    viewset = model.snippet_viewset.chooser_viewset
    return editor.client.post(reverse(viewset.get_url_name("create")), answers)


def test_what_an_editor_adds_in_a_chooser_waits_for_a_publisher(
    writer: Editor, publisher: Editor, reader: Reader
) -> None:
    response = _add_in_chooser(writer, Place, NEW_PLACE)
    assert response.json()["step"] == "chosen"
    added = Place.objects.get(name=NEW_PLACE["name"])
    assert str(added.pk) == response.json()["result"]["id"]
    assert not added.live
    assert added.locale.language_code == "it"
    assert added.current_workflow_state.requested_by == writer.user
    drain_all()
    assert not _is_listed(reader, added)
    publisher.approve(added)
    drain_all()
    assert _is_listed(reader, added)


def _is_listed(reader: Reader, record: Any) -> bool:
    return str(record.public_id) in {item["id"] for item in reader.items("places")}


def test_what_a_publisher_adds_in_a_chooser_is_published(publisher: Editor) -> None:
    _add_in_chooser(
        publisher,
        Organisation,
        {"name": "Coop", "sector": "private", "legal_form": "social_cooperative"},
    )
    added = Organisation.objects.get(name="Coop")
    assert added.live
    assert added.live_revision == added.latest_revision


def test_an_act_that_is_there_already_is_told_at_the_form(writer: Editor) -> None:
    act = LegalReference.objects.filter(locale__language_code="it").order_by("pk")[0]
    answers = {name: str(getattr(act, name) or "") for name in LegalReference.chooser_fields}
    response = _add_in_chooser(writer, LegalReference, answers)
    assert response.json()["step"] == "reshow_creation_form"
    assert "error" in response.json()["htmlFragment"]
    assert act.number in response.json()["htmlFragment"]


@pytest.mark.parametrize("model", moderated_records(), ids=lambda model: model.__name__)
def test_every_chooser_offers_to_add(model: Any, writer: Editor) -> None:
    viewset = model.snippet_viewset.chooser_viewset
    response = writer.client.get(reverse(viewset.get_url_name("choose")))
    assert response.status_code == 200
    for name in model.chooser_fields:
        assert f'name=\\"{name}\\"' in response.content.decode(), name


def test_pages_and_all_records_are_under_the_workflow_of_publishers(set_up: None) -> None:
    workflow = workflow_of(Group.objects.get(name=roles.PUBLISHERS))
    assert WorkflowPage.objects.get(page__depth=1).workflow == workflow
    assert {row.content_type.model_class() for row in WorkflowContentType.objects.all()} == set(
        moderated_records()
    )
    assert len(moderated_records()) == 8


def _arrangement() -> Any:
    return [
        sorted(map(tuple, rows))
        for rows in (
            Group.objects.values_list("name", "permissions"),
            GroupPagePermission.objects.values_list("pk", "group", "page", "permission"),
            GroupCollectionPermission.objects.values_list("pk", "group", "permission"),
            Workflow.objects.values_list("pk", "name", "active"),
            GroupApprovalTask.objects.values_list("pk", "name", "groups"),
            WorkflowPage.objects.values_list("page", "workflow"),
            WorkflowContentType.objects.values_list("content_type", "workflow"),
        )
    ]


def test_a_second_run_changes_nothing_and_keeps_what_administrators_added(set_up: None) -> None:
    before = _arrangement()
    roles.set_up_roles()
    assert _arrangement() == before

    publishers = Group.objects.get(name=roles.PUBLISHERS)
    ours = workflow_of(publishers)
    assert ours is not None
    ours.name = "Redazione"
    ours.save()
    theirs = Workflow.objects.create(name="Two steps")
    WorkflowPage.objects.filter(page__depth=1).update(workflow=theirs)
    WorkflowContentType.objects.filter(content_type__model="place").update(workflow=theirs)
    image = GroupCollectionPermission.objects.get(
        group=publishers, permission__codename="change_image"
    )
    image.pk, image.group = None, Group.objects.get(name=roles.EDITORS)
    image.save()
    before = _arrangement()
    roles.set_up_roles()
    assert _arrangement() == before


def test_a_workflow_that_was_switched_off_stays_off(set_up: None) -> None:
    workflow = workflow_of(Group.objects.get(name=roles.PUBLISHERS))
    assert workflow is not None
    workflow.deactivate()
    roles.set_up_roles()
    assert not WorkflowPage.objects.exists()
    assert Workflow.objects.filter(active=True).count() == 1  # Wagtail's own.
