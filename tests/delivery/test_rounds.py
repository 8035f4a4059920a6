"""What apps have the worker do again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError

from cms.delivery import rounds


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rounds, "_rounds", {})
    yield


def _counted(name: str, answer: Callable[[], bool]) -> list[str]:
    done: list[str] = []

    def run() -> bool:
        done.append(name)
        return answer()

    rounds.register_round(name, 60, run)
    return done


def _fails() -> bool:
    raise ValueError("broken")


def test_a_round_waits_for_its_time() -> None:
    done = _counted("quiet", lambda: False)
    rounds.make_rounds()
    rounds.make_rounds()
    assert done == ["quiet"]


def test_a_round_that_has_more_to_do_goes_on() -> None:
    done = _counted("busy", lambda: True)
    rounds.make_rounds()
    rounds.make_rounds()
    assert done == ["busy", "busy"]


def test_a_round_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    _counted("broken", _fails)
    done = _counted("quiet", lambda: False)
    rounds.make_rounds()
    assert done == ["quiet"]
    assert "broken" in caplog.text


def test_a_lost_database_is_for_the_worker() -> None:
    def lost() -> bool:
        raise OperationalError

    _counted("lost", lost)
    with pytest.raises(OperationalError):
        rounds.make_rounds()
