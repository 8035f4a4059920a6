"""Nobody can do more than the role needs: every role tries the views of the admin."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from cms import roles
from tests.editors.conftest import member
from tests.editors.views import READING, WRITING, make_things, state

EVERYTHING = frozenset(READING) | frozenset(WRITING)
ADMINISTRATION = frozenset(
    {
        "collections", "users", "add a user", "groups", "settings of the agency", "sites",
        "languages", "redirects", "workflows", "edit a workflow", "tasks of workflows",
    }
)  # fmt: skip
DECISIONS = frozenset(
    {
        "delete a published page", "move a published page", "unpublish a page",
        "privacy of a page", "restrict a page", "publish many", "unpublish many", "delete many",
        "lock a page", "unlock a page", "lock a place", "report of locked pages",
        "unpublish a place", "delete a place", "delete an act", "delete a body",
        "edit an image of others", "delete an image of others",
        "edit a document of others", "delete a document of others",
    }
)  # fmt: skip
READS_ALONG = frozenset(
    {
        "list places", "history of a place", "use of a place", "choose a place", "choose a body",
        "report of the site's history", "report of workflows", "report of tasks",
        "report of aging pages", "report of page types", "progress of translations",
    }
)  # fmt: skip
ROLES = {
    "administrator": ("", EVERYTHING),
    "publisher": (roles.PUBLISHERS, EVERYTHING - ADMINISTRATION),
    "editor": (roles.EDITORS, EVERYTHING - ADMINISTRATION - DECISIONS),
    "translator": (roles.translators("en"), READS_ALONG),
    "officer": (roles.OFFICERS, {"report of the site's history"}),
}
"""The group of each role, and the views that it needs; every other one refuses."""


@pytest.mark.parametrize("role", ROLES)
def test_the_views_of_a_role(role: str, set_up: None) -> None:
    group, expected = ROLES[role]
    things = make_things()
    person = member(group)
    done = set()
    for name, address in READING.items():
        response = person.client.get(address(things))
        assert response.status_code in (200, 302, 403), name
        if response.status_code == 200:
            done.add(name)
        elif name != "pages":
            # The list of pages sends a reader to the first that may be seen.
            assert response["Location"] == reverse("wagtailadmin_home"), name
    for name, (address, answers) in WRITING.items():
        with transaction.atomic():
            before = state()
            assert person.client.post(address(things), answers).status_code < 500
            if state() != before:
                done.add(name)
            transaction.set_rollback(True)
    assert done == expected


def test_an_officer_reads_nothing_of_the_content_in_the_history(set_up: None) -> None:
    """The report is open to whoever is let in; it lists what its reader may see."""
    page = Page.objects.get(slug="saronno", locale__language_code="it").specific
    page.save_revision(log_action=True)
    url = reverse("wagtailadmin_reports:site_history")
    for group, listed in ((roles.OFFICERS, False), (roles.EDITORS, True)):
        response = member(group).client.get(url)
        assert (page.title in response.content.decode()) is listed
