"""The views of the admin by name, each with an object that anybody might try them on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site, Workflow

from centres.models import CentrePage, LegalReference, Organisation, Place, ProgrammePage
from tests.pictures import picture


@dataclass(frozen=True)
class Things:
    """What stands in the database for everybody to try on; nobody of the staff made any of it."""

    centre: CentrePage
    draft: CentrePage
    locked: CentrePage
    programme: ProgrammePage
    place: Place
    image: Any
    document: Any


def make_things() -> Things:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    centre.save_revision()
    draft = CentrePage.objects.get(slug="me-te", locale__language_code="it")
    draft.unpublish()
    draft.refresh_from_db()
    draft.save_revision()
    locked = CentrePage.objects.filter(locale__language_code="it").exclude(
        pk__in=[centre.pk, draft.pk]
    )[0]
    locked.locked = True
    locked.save()
    return Things(
        centre=centre,
        draft=draft,
        locked=locked,
        programme=ProgrammePage.objects.get(locale__language_code="it"),
        place=Place.objects.filter(locale__language_code="it").order_by("pk")[0],
        image=get_image_model().objects.create(title="Door", file=picture("door.png", "red")),
        document=get_document_model().objects.create(
            title="Rules", file=ContentFile(b"Rules", name="rules.txt")
        ),
    )


Address = Callable[[Things], str]


def page(view: str, thing: str, *more: Any) -> Address:
    return lambda things: reverse(
        f"wagtailadmin_pages:{view}", args=[getattr(things, thing).pk, *more]
    )


def record(view: str, model: Any) -> Address:
    def address(things: Things) -> str:
        name = model.snippet_viewset.get_url_name(view)
        if view in ("list", "add"):
            return reverse(name)
        found = model._default_manager.order_by("pk")[0]
        return reverse(name, args=[found.pk])

    return address


def chooser(view: str, model: Any) -> Address:
    return lambda things: reverse(model.snippet_viewset.chooser_viewset.get_url_name(view))


def thing(name: str, attribute: str) -> Address:
    return lambda things: reverse(name, args=[getattr(things, attribute).pk])


def plain(name: str, *args: Any) -> Address:
    return lambda things: reverse(name, args=args)


def bulk(action: str, attribute: str) -> Address:
    def address(things: Things) -> str:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return f"{url}?{urlencode({'id': getattr(things, attribute).pk})}"

    return address


def _site(things: Things) -> str:
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["family_cms", "agencysettings", site.pk])


def _compare(things: Things) -> str:
    return reverse(
        "wagtailadmin_pages:revisions_compare", args=[things.centre.pk, "earliest", "latest"]
    )


def _workflow(things: Things) -> str:
    return reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.order_by("pk")[0].pk])


def _add(model: Any) -> Address:
    meta = model._meta
    return lambda things: reverse(
        "wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, things.programme.pk]
    )


READING: dict[str, Address] = {
    "pages": lambda things: reverse(
        "wagtailadmin_explore", args=[Page.objects.get(depth=2, locale__language_code="it").pk]
    ),
    "add a centre": _add(CentrePage),
    "edit a centre": page("edit", "centre"),
    "preview a draft": page("view_draft", "centre"),
    "history of a page": page("history", "centre"),
    "compare versions": _compare,
    "use of a page": page("usage", "centre"),
    "delete a published page": page("delete", "centre"),
    "delete a draft": page("delete", "draft"),
    "unpublish a page": page("unpublish", "centre"),
    "move a published page": page("move", "centre"),
    "move a draft": page("move", "draft"),
    "copy a page": page("copy", "centre"),
    "privacy of a page": page("set_privacy", "centre"),
    "list places": record("list", Place),
    "add a place": record("add", Place),
    "edit a place": record("edit", Place),
    "history of a place": record("history", Place),
    "use of a place": record("usage", Place),
    "unpublish a place": record("unpublish", Place),
    "delete a place": record("delete", Place),
    "edit an act": record("edit", LegalReference),
    "delete an act": record("delete", LegalReference),
    "edit a body": record("edit", Organisation),
    "delete a body": record("delete", Organisation),
    "choose a place": chooser("choose", Place),
    "choose a body": chooser("choose", Organisation),
    "add a body in a chooser": chooser("create", Organisation),
    "images": plain("wagtailimages:index"),
    "add an image": plain("wagtailimages:add"),
    "edit an image of others": thing("wagtailimages:edit", "image"),
    "delete an image of others": thing("wagtailimages:delete", "image"),
    "documents": plain("wagtaildocs:index"),
    "edit a document of others": thing("wagtaildocs:edit", "document"),
    "delete a document of others": thing("wagtaildocs:delete", "document"),
    "collections": plain("wagtailadmin_collections:index"),
    "users": plain("wagtailusers_users:index"),
    "add a user": plain("wagtailusers_users:add"),
    "groups": plain("wagtailusers_groups:index"),
    "settings of the agency": _site,
    "sites": plain("wagtailsites:index"),
    "languages": plain("wagtaillocales:index"),
    "redirects": plain("wagtailredirects:index"),
    "workflows": plain("wagtailadmin_workflows:index"),
    "edit a workflow": _workflow,
    "tasks of workflows": plain("wagtailadmin_workflows:task_index"),
    "report of the site's history": plain("wagtailadmin_reports:site_history"),
    "report of locked pages": plain("wagtailadmin_reports:locked_pages"),
    "report of workflows": plain("wagtailadmin_reports:workflow"),
    "report of tasks": plain("wagtailadmin_reports:workflow_tasks"),
    "report of aging pages": plain("wagtailadmin_reports:aging_pages"),
    "report of page types": plain("wagtailadmin_reports:page_types_usage"),
    "progress of translations": plain("family_localisation:progress"),
}
"""Views that are asked for; a form that is shown would be accepted too."""

WRITING: dict[str, tuple[Address, dict[str, str]]] = {
    "lock a page": (page("lock", "centre"), {}),
    "unlock a page": (page("unlock", "locked"), {}),
    "lock a place": (record("lock", Place), {}),
    "restrict a page": (page("set_privacy", "centre"), {"restriction_type": "login"}),
    "publish many": (bulk("publish", "draft"), {}),
    "unpublish many": (bulk("unpublish", "centre"), {}),
    "delete many": (bulk("delete", "centre"), {}),
}
"""Views that are answered; what is refused changes nothing of the things."""


def state() -> Any:
    """Return what the views of :data:`WRITING` change."""
    rows = (
        Page.objects.values_list("pk", "live", "locked"),
        Place.objects.values_list("pk", "live", "locked"),
        PageViewRestriction.objects.values_list("page"),
    )
    return [sorted(found) for found in rows]
