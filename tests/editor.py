"""An editor at work: every write goes through the view of the admin that a person would use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Page, Site
from wagtail.sites.forms import SiteForm
from wagtail_localize.models import StringSegment, Translation

from tests.admin_forms import Posted, posted


class Editor:
    """Somebody who is logged in: an administrator, or a member of *group*.

    Each method raises ``AssertionError`` if its view refuses.
    """

    def __init__(self, client: Client, group: str = "") -> None:
        self.client = client
        users = get_user_model()._default_manager
        self.user = users.create_user(
            username=group or "tester",
            email="tester@example.org",
            password="unused",
            is_superuser=not group,
        )
        if group:
            self.user.groups.add(Group.objects.get(name=group))
        client.force_login(self.user)

    # Pages

    def page_form(self, page: Page) -> Posted:
        """Return what the edit view of *page* would post, from its latest revision."""
        latest = page.get_latest_revision_as_object()
        form = latest.get_edit_handler().get_form_class()(
            instance=latest, for_user=self.user, parent_page=latest.get_parent()
        )
        return posted(form)

    def save_draft(self, page: Page, **changes: Any) -> None:
        self._post(self._page("edit", page), {**self.page_form(page), **changes})

    def publish(self, page: Page, **changes: Any) -> None:
        """Publish *page*; with ``go_live_at`` in the future this schedules it."""
        action = {"action-publish": "action-publish"}
        self._post(self._page("edit", page), {**self.page_form(page), **changes, **action})

    def unschedule(self, page: Page) -> None:
        """Take back what was scheduled, which locks the page."""
        revision = page.scheduled_revision
        self._post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))

    def unpublish(self, page: Page) -> None:
        self._post(self._page("unpublish", page))

    def delete(self, page: Page) -> None:
        self._post(self._page("delete", page))

    def move(self, page: Page, target: Page) -> None:
        self._post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))

    def copy(self, page: Page, slug: str, **ticked: str) -> None:
        """Copy *page* beside itself; ``alias="on"`` or ``publish_copies="on"`` as in the form."""
        parent = str(page.get_parent().pk)
        answers = {"new_title": page.title, "new_slug": slug, "new_parent_page": parent}
        self._post(self._page("copy", page), {**answers, **ticked})

    def set_privacy(self, page: Page, restriction_type: str) -> None:
        """Restrict *page* (``login``) or lift its own restriction (``none``)."""
        response = self.client.post(
            self._page("set_privacy", page), {"restriction_type": restriction_type}
        )
        assert response.json()["step"] == "set_privacy_done", response.content

    # Translations

    def translate(self, page: Page, sentence: StringSegment, words: str) -> None:
        """Translate one sentence of *page*, a translation, and publish it, the rest as it is."""
        translation = Translation.objects.get(
            source__object_id=page.translation_key, target_locale=page.locale
        )
        response = self.client.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, sentence.pk]),
            urlencode({"value": words}),
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code in (200, 201), response.content
        self._post(self._page("edit", page), {"action": "publish", "publish-partial": "1"})

    def synchronise(self, translation: Translation) -> None:
        """Bring what was changed in the source into its translations, and publish them."""
        url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
        self._post(url, {"publish_translations": "on"})

    # Records

    def publish_record(self, record: Any, **changes: Any) -> None:
        action = {"action-publish": "action-publish"}
        self._post(self._record("edit", record), {**self._record_form(record), **changes, **action})

    def save_record_draft(self, record: Any, **changes: Any) -> None:
        self._post(self._record("edit", record), {**self._record_form(record), **changes})

    def unpublish_record(self, record: Any) -> None:
        self._post(self._record("unpublish", record))

    def delete_record(self, record: Any) -> None:
        self._post(self._record("delete", record))

    def _record_form(self, record: Any) -> Posted:
        latest = record.get_latest_revision_as_object()
        form_class = type(record).snippet_viewset.get_edit_handler().get_form_class()
        return posted(form_class(instance=latest, for_user=self.user))

    # Moderation, of pages and records alike

    def submit(self, instance: Any, **changes: Any) -> None:
        """Save *instance* and submit it to its workflow."""
        self._edit(instance, {**changes, "action-submit": "action-submit"})

    def approve(self, instance: Any) -> None:
        self._decide(instance, "approve")

    def request_changes(self, instance: Any) -> None:
        self._decide(instance, "reject")

    def _decide(self, instance: Any, action: str) -> None:
        state = instance.current_workflow_task_state
        assert state is not None, "nothing was submitted"
        name = (
            "wagtailadmin_pages:workflow_action"
            if isinstance(instance, Page)
            else type(instance).snippet_viewset.get_url_name("workflow_action")
        )
        url = reverse(name, args=[instance.pk, action, state.pk])
        self._post(url, {"comment": "Seen."})

    def edit_url(self, instance: Any) -> str:
        if isinstance(instance, Page):
            return self._page("edit", instance)
        return self._record("edit", instance)

    def _edit(self, instance: Any, changes: dict[str, Any]) -> None:
        form = self.page_form if isinstance(instance, Page) else self._record_form
        self._post(self.edit_url(instance), {**form(instance), **changes})

    # Images and sites

    def edit_image(self, image: Any, file: UploadedFile | None = None, **changes: Any) -> None:
        form = get_image_form(get_image_model())(instance=image, user=self.user)
        answers: dict[str, Any] = {**posted(form), **changes}
        if file is not None:
            answers["file"] = file
        self._post(reverse("wagtailimages:edit", args=[image.pk]), answers)

    def delete_image(self, image: Any) -> None:
        self._post(reverse("wagtailimages:delete", args=[image.pk]))

    def edit_site(self, site: Site, **changes: Any) -> None:
        answers = {**posted(SiteForm(instance=site)), **changes}
        self._post(reverse("wagtailsites:edit", args=[site.pk]), answers)

    # What all of them do

    def _page(self, view: str, page: Page) -> str:
        return reverse(f"wagtailadmin_pages:{view}", args=[page.pk])

    def _record(self, view: str, record: Any) -> str:
        return reverse(type(record).snippet_viewset.get_url_name(view), args=[record.pk])

    def _post(self, url: str, answers: dict[str, Any] | None = None) -> HttpResponse:
        """Post *answers*; a view that has done its work redirects, one that refuses explains.

        Who may not do it at all is sent to the first page of the admin.
        """
        response = self.client.post(url, answers or {})
        assert response.status_code == 302, (url, response.status_code, _errors(response))
        assert response["Location"] != reverse("wagtailadmin_home"), (url, "refused")
        return response


def _errors(response: Any) -> Any:
    form = (response.context or {}).get("form")
    if form is None:
        return response.content[:300]
    rows = {
        name: (rows.errors, rows.non_form_errors())
        for name, rows in getattr(form, "formsets", {}).items()
        if not rows.is_valid()
    }
    return form.errors, rows
