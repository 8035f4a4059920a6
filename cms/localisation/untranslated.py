"""What a published translation still says in the words of its source, for the read model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from html import unescape
from uuid import UUID

from django.utils.html import strip_tags
from wagtail_localize.models import StringSegment

from cms.delivery.untranslated import Place, Texts, condensed
from cms.localisation.models import PublishedSentence


def untranslated_texts(language: str, places: Collection[Place]) -> Mapping[Place, Texts]:
    """Return the sentences of the sources that nobody published words for; costs two queries.

    Sentences that came to the source since the last publication are among them: synchronising
    publishes them as they are. Words that are those of the source, because a translator wrote
    them so, are a translation.
    """
    source = defaultdict[Place, dict[str, set[str]]](lambda: defaultdict(set))
    written = defaultdict[Place, dict[str, set[str]]](lambda: defaultdict(set))
    rows = PublishedSentence.objects.filter(
        translation__source__object_id__in={key for key, _locale in places},
        translation__source__locale__language_code=language,
        translation__target_locale__language_code__in={locale for _key, locale in places},
    ).order_by()
    for key, locale, path, sentence, words in rows.values_list(
        "translation__source__object_id",
        "translation__target_locale__language_code",
        "context__path",
        "string__data",
        "words",
    ):
        source[key, locale][path].add(_said(sentence))
        if words:
            written[key, locale][path].add(_said(words))
    for key, sentences in _sentences_now(language, {key for key, _locale in source}).items():
        for place in [place for place in source if place[0] == key]:
            for path, said in sentences:
                source[place][path].add(said)
    return {
        place: {
            path: frozenset(left)
            for path, said in by_path.items()
            if (left := said - written[place][path])
        }
        for place, by_path in source.items()
    }


def _sentences_now(language: str, keys: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return path and text of the sentences that translators are offered now."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    if keys:
        rows = StringSegment.objects.filter(
            source__object_id__in=keys, source__locale__language_code=language
        )
        for key, path, sentence in rows.values_list(
            "source__object_id", "context__path", "string__data"
        ):
            found[key].append((path, _said(sentence)))
    return found


def _said(sentence: str) -> str:
    """Return a stored sentence, which is HTML even of a plain field, as a reader sees it."""
    return condensed(unescape(strip_tags(sentence)))
