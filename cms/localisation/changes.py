"""What changed in the source since a translation was last published, sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from wagtail_localize.models import String, Translation, TranslationContext
from wagtail_localize.strings import StringValue
from wagtail_localize.views.edit_translation import TabHelper, get_segment_location_info

from cms.localisation.checking import UNCHECKED, warnings
from cms.localisation.glossary import Glossary, Term, glossary_of
from cms.localisation.published import Sentence, published_sentences, translated_sentences
from cms.localisation.word_diff import Piece, word_diff

State = Literal["kept", "to_do", "translated", "gone"]


@dataclass(frozen=True)
class Change:
    """One sentence of the source, before and now.

    ``before`` is empty for a new sentence, ``after`` for one that is gone. ``published`` is what
    readers of the language have read for it, ``words`` what is saved for it now. ``state``:
    *kept* did not change and is translated, *to_do* has no words, *translated* changed and has
    them, *gone* is no longer there. ``tab`` is its tab in the translation editor. ``warnings``
    say what the words should have in common with the source and have not, ``terms`` are those of
    the glossary that the sentence of now holds.
    """

    label: str
    tab: str
    before: str
    after: str
    published: str
    words: str
    state: State
    warnings: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        return word_diff(self.before, self.after)

    @property
    def has_changed(self) -> bool:
        return self.before != self.after


def changes(translation: Translation) -> list[Change]:
    """Return all sentences of a translation's source in their order, gone ones in their place.

    Where it was never published nothing is *before*.
    """
    old, new = published_sentences(translation), translated_sentences(translation)
    strings = String.objects.in_bulk({item.string_id for item in [*old, *new]})
    texts = {pk: _plain(row.data) for pk, row in strings.items()}
    contexts = TranslationContext.objects.in_bulk({item.context_id for item in [*old, *new]})
    glossary = glossary_of(translation.target_locale)
    labels = _labels(translation, contexts.values())
    before, after = _by_context(old), _by_context(new)
    found = []
    for context_id in _in_order(after, before):
        label, tab = labels[context_id]
        path = contexts[context_id].path
        for was, now in _pairs(before[context_id], after[context_id]):
            found.append(
                Change(
                    label=label,
                    tab=tab,
                    before=texts[was.string_id] if was else "",
                    after=texts[now.string_id] if now else "",
                    published=_plain(was.words) if was else "",
                    words=_plain(now.words) if now else "",
                    state=_state(was, now),
                    warnings=_warnings(strings[now.string_id], now, path, glossary) if now else (),
                    terms=_terms(strings[now.string_id], path, glossary) if now else (),
                )
            )
    return found


def sentences_to_do(listed: Iterable[Change]) -> list[Change]:
    """Return those of *listed* that readers would find in the source's language."""
    return [change for change in listed if change.state == "to_do"]


def sentences_to_check(listed: Iterable[Change]) -> list[Change]:
    """Return those of *listed* whose words differ from their source in what should be common."""
    return [change for change in listed if change.warnings]


def _state(was: Sentence | None, now: Sentence | None) -> State:
    if now is None:
        return "gone"
    if not now.words:
        return "to_do"
    return "kept" if was and was.string_id == now.string_id else "translated"


def _plain(html: str) -> str:
    text: str = StringValue(html).render_text() if html else ""
    return text


def _warnings(string: String, sentence: Sentence, path: str, glossary: Glossary) -> tuple[str, ...]:
    return tuple(warnings(string.data, sentence.words, path, glossary))


def _terms(string: String, path: str, glossary: Glossary) -> tuple[Term, ...]:
    return () if path in UNCHECKED else tuple(glossary.used_in(string.data))


def _by_context(sentences: list[Sentence]) -> dict[int, list[Sentence]]:
    found: dict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        found[sentence.context_id].append(sentence)
    return found


def _in_order(after: dict[int, Any], before: dict[int, Any]) -> list[int]:
    """Return the places of now in their order; one that is gone follows the one it followed."""
    places = list(after)
    previous = 0
    for place in list(before):
        if place not in after:
            places.insert(places.index(previous) + 1 if previous in places else 0, place)
        previous = place
    return places


def _pairs(
    old: list[Sentence], new: list[Sentence]
) -> Iterable[tuple[Sentence | None, Sentence | None]]:
    """Pair the sentences of one place: equal ones with each other, others in their order."""
    matcher = SequenceMatcher(
        None, [item.string_id for item in old], [item.string_id for item in new], autojunk=False
    )
    for _operation, i1, i2, j1, j2 in matcher.get_opcodes():
        for step in range(max(i2 - i1, j2 - j1)):
            yield (
                old[i1 + step] if i1 + step < i2 else None,
                new[j1 + step] if j1 + step < j2 else None,
            )


def _labels(
    translation: Translation, contexts: Iterable[TranslationContext]
) -> dict[int, tuple[str, str]]:
    """Return what the translation editor calls each place, and its tab there."""
    source = translation.source.get_source_instance()
    tabs = TabHelper(source)
    found = {}
    for context in contexts:
        try:
            place = get_segment_location_info(source, tabs, context.path, context.field_path)
        except (KeyError, IndexError, LookupError):
            # The field or block is no longer there, or no editor sees it.
            found[context.pk] = (context.field_path or context.path, "")
            continue
        parts = [place["field"], place["subField"]]
        found[context.pk] = (": ".join(str(part) for part in parts if part), str(place["tab"]))
    return found
