"""Database HTML to display HTML: absolute links that lead only to what is public.

Wagtail writes the URL of a page that is not published, one query a link. Here all links of a text
are resolved together, and a link to something not public degrades to its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from django.apps import apps
from wagtail.documents import get_document_model

from cms.content_languages import is_right_to_left
from cms.delivery import keys, links
from cms.delivery.look import Look
from cms.delivery.schemas import FormattedText
from cms.delivery.untranslated import TRANSLATED, Untranslated

LinkResolver = Callable[[Look, Iterable[str]], dict[str, str]]
"""Maps the ``id`` of links of one type to absolute URLs; what is not public is left out."""

SAFE_SCHEMES = ("https://", "http://", "mailto:", "tel:", "#")

BLOCKS = ["p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote"]
"""What holds a sentence as translators are offered it."""

_POINTS_ELSEWHERE = re.compile(r"<(a|embed)\b", re.IGNORECASE)

_resolvers: dict[str, LinkResolver] = {}


def register_link_type(name: str, resolver: LinkResolver) -> None:
    """Announce how links of ``linktype`` *name* are resolved."""
    _resolvers[name] = resolver


def formatted(
    source: str, look: Look, untranslated: Untranslated = TRANSLATED
) -> FormattedText | None:
    """Return database HTML *source* for readers, or ``None`` where it holds no text.

    Its paragraphs that are *untranslated* say which language they are in.
    """
    if untranslated.texts:
        return _displayed(BeautifulSoup(source or "", "html.parser"), look, untranslated)
    if not _POINTS_ELSEWHERE.search(source or ""):
        return _without_links(source or "")
    return _displayed(BeautifulSoup(source, "html.parser"), look)


@lru_cache(maxsize=2048)
def _without_links(source: str) -> FormattedText | None:
    """Return a text that refers to nothing: it says the same until it is written anew."""
    return _displayed(BeautifulSoup(source, "html.parser"), None)


def _displayed(
    soup: BeautifulSoup, look: Look | None, untranslated: Untranslated = TRANSLATED
) -> FormattedText | None:
    for embed in soup.find_all("embed"):
        embed.decompose()
    anchors = [tag for tag in soup.find_all("a") if isinstance(tag, Tag)]
    by_type: dict[str, set[str]] = {}
    for anchor in anchors:
        if kind := anchor.get("linktype"):
            by_type.setdefault(str(kind), set()).add(str(anchor.get("id", "")))
    targets = {
        kind: _resolvers[kind](look, ids)
        for kind, ids in by_type.items()
        if look is not None and kind in _resolvers
    }
    for anchor in anchors:
        kind = anchor.get("linktype")
        if kind:
            href = targets.get(str(kind), {}).get(str(anchor.get("id", "")))
        else:
            href = str(anchor.get("href", ""))
            href = href if href.lower().startswith(SAFE_SCHEMES) else None
        if href:
            anchor.attrs = {"href": href}
        else:
            anchor.unwrap()
    for block in soup.find_all(attrs={"data-block-key": True}):
        # The rich text editor's own bookkeeping: new keys are no change that a reader sees.
        del block["data-block-key"]
    for block in soup.find_all(BLOCKS):
        if untranslated.has(block.get_text()):
            block["lang"] = untranslated.language
            block["dir"] = "rtl" if is_right_to_left(untranslated.language) else "ltr"
    html = str(soup)
    plain = "\n".join(filter(None, (" ".join(block.split()) for block in _blocks(soup))))
    return FormattedText(html=html, text=plain) if plain else None


def _blocks(soup: BeautifulSoup) -> Iterable[str]:
    """Yield the text of each paragraph or list item; of the whole where there is none."""
    blocks = soup.find_all(["p", "li"])
    if not blocks:
        yield soup.get_text()
    for block in blocks:
        for line_break in block.find_all("br"):
            line_break.replace_with(" ")
        yield block.get_text()


def _page_links(look: Look, ids: Iterable[str]) -> dict[str, str]:
    pks = [int(value) for value in ids if value.isdigit()]
    found = {}
    for pk, state in look.pages(pks).items():
        if url := look.page_url(state.instance):
            found[str(pk)] = url
    return found


def _document_links(look: Look, ids: Iterable[str]) -> dict[str, str]:
    if not apps.is_installed("wagtail.documents"):
        return {}
    model = get_document_model()
    pks = [int(value) for value in ids if value.isdigit()]
    for pk in pks:
        look.note(keys.row_key(model, pk))
    look.note(keys.SITE)
    private = set(
        model.objects.filter(pk__in=pks, collection__in=_private_collections()).values_list(
            "pk", flat=True
        )
    )
    return {
        str(pk): links.file_url(document.url, look.reads)
        for pk, document in look.reads.rows(model, pks).items()
        if pk not in private
    }


def _private_collections() -> list[int]:
    from wagtail.models import Collection, CollectionViewRestriction

    private: set[int] = set()
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        private.update(
            Collection.objects.descendant_of(restriction.collection, inclusive=True).values_list(
                "pk", flat=True
            )
        )
    return list(private)


register_link_type("page", _page_links)
register_link_type("document", _document_links)
