"""Which page is rated: by the address at which it is read, or by the name that the API gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page, Site

from cms.delivery.models import Entry

LONGEST = 500
"""Characters of an address that are looked at and kept."""


@dataclass(frozen=True)
class RatedPage:
    """A page in the language that it is read in, and the text of it that is shown now.

    ``path`` is its address without a query; ``revision`` and ``revised`` are those of the row whose
    text is read: the source's, where ``is_fallback``.
    """

    public_id: UUID
    locale: str
    title: str
    path: str
    revision: int | None
    revised: datetime | None
    is_fallback: bool


def page_at(request: HttpRequest, address: str) -> RatedPage | None:
    """Return the page that is read at the path *address* of this site; one query.

    Whether it may be read is not asked: who rates a page has read it.
    """
    path = address.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or len(path) > LONGEST or "\x00" in path:
        return None
    url_path = _url_path(request, path)
    if url_path is None:
        return None
    pages = Page.objects.filter(url_path=url_path, live=True)
    row = pages.values(*_COLUMNS, source=F("alias_of__locale_id")).first()
    if row is None:
        return None
    is_fallback = row.pop("source") not in (None, row.pop("locale_id"))
    return _rated(row, path=iri_to_uri(path)[:LONGEST], is_fallback=is_fallback)


_COLUMNS = (
    "translation_key",
    "title",
    "live_revision_id",
    "last_published_at",
    "locale_id",
    "locale__language_code",
)


def _url_path(request: HttpRequest, path: str) -> str | None:
    """Return what Wagtail calls the path of the page that is served at *path*."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    if match.url_name != "wagtail_serve":
        return None
    roots = {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk
    }
    root = roots.get(language) or roots.get(settings.LANGUAGE_CODE)
    rest = "".join(match.args).strip("/")
    return f"{root}{rest}/" if root and rest else root


def _rated(row: dict[str, object], path: str, is_fallback: bool, locale: str = "") -> RatedPage:
    return RatedPage(
        public_id=row["translation_key"],  # type: ignore[arg-type]
        locale=locale or str(row["locale__language_code"]),
        title=str(row["title"])[:255],
        path=path,
        revision=row["live_revision_id"],  # type: ignore[arg-type]
        revised=row["last_published_at"],  # type: ignore[arg-type]
        is_fallback=is_fallback,
    )


def page_named(public_id: UUID, locale: str) -> RatedPage | None:
    """Return the public page that the API calls *public_id*, as it is served in *locale*.

    Two queries. Objects without a page of their own, such as places, are not rated.
    """
    entries = Entry.objects.filter(public_id=public_id, locale=locale, deleted=False)
    entry = entries.exclude(html_path="").values("html_path", "is_fallback").first()
    if entry is None:
        return None
    row = _shown(public_id, locale).values(*_COLUMNS).first()
    if row is None:
        return None
    return _rated(row, str(entry["html_path"])[:LONGEST], bool(entry["is_fallback"]), locale)


def _shown(public_id: UUID, locale: str) -> QuerySet[Page]:
    """The row that is read in *locale* first: its own translation, else the source."""
    own = Q(locale__language_code=locale, alias_of=None)
    source = Q(locale__language_code=settings.LANGUAGE_CODE)
    pages = Page.objects.filter(own | source, translation_key=public_id, live=True)
    return pages.annotate(is_own=Case(When(own, then=1), default=0)).order_by("-is_own", "pk")
