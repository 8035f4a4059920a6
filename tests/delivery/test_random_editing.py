"""Laws of the read model, held over random sequences of what editors do in the admin.

After each drain every stored document equals a fresh build, numbers are unique and not beyond the
head, tombstones carry nothing, and a portal that follows the feed holds exactly what lists show.
"""

from __future__ import annotations

import random

import pytest

from cms.delivery.models import Entry, Feed, Mark, Pending
from cms.delivery.verification import discrepancies
from tests.delivery.editing import ACTIONS
from tests.editor import Editor
from tests.reading import Follower, Reader
from tests.working import work


def _assert_laws() -> None:
    assert not Mark.objects.exists()
    assert not Pending.objects.exists()
    assert discrepancies() == []
    head = Feed.objects.get().head
    numbers = [
        number for number in Entry.objects.values_list("sequence", flat=True) if number is not None
    ]
    assert len(numbers) == len(set(numbers))
    assert max(numbers) <= head
    for tombstone in Entry.objects.filter(deleted=True):
        assert (tombstone.document, tombstone.summary, tombstone.sort_key) == ("", "", "")


@pytest.mark.parametrize("seed", range(3))
def test_random_editing(reader: Reader, editor: Editor, seed: int) -> None:
    """Every action once per seed, in random order, a few between two drains."""
    chance = random.Random(seed)
    policies = {"it": {"locale": "it"}, "en": {"locale": "en"}}
    policies["en without fallback"] = {"locale": "en", "fallback": "false"}
    followers = {name: Follower(reader, **query) for name, query in policies.items()}
    waiting = chance.sample(ACTIONS, len(ACTIONS))
    done = []
    while waiting:
        for _step in range(min(len(waiting), chance.randrange(1, 9))):
            action = waiting.pop()
            done.append(action.__name__)
            action(editor, chance)
        work()
        _assert_laws()
        for name, follower in followers.items():
            follower.catch_up()
            query = dict(policies[name])
            assert follower.held == reader.everything(query.pop("locale"), **query), (name, done)
