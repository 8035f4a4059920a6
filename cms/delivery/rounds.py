"""What apps have the worker do again and again, beside the drain."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

logger = logging.getLogger(__name__)


@dataclass
class Round:
    """Something to be done every so many seconds; ``due`` is when next, by a monotonic clock."""

    name: str
    every: float
    run: Callable[[], bool]
    due: float = 0.0


_rounds: dict[str, Round] = {}


def register_round(name: str, every: float, run: Callable[[], bool]) -> None:
    """Announce *run*, which the worker calls every *every* seconds.

    It must not take long: it does a part, and returns whether there is more. Then it is called
    again after the next drain.
    """
    _rounds[name] = Round(name, every, run)


def make_rounds() -> None:
    """Do what is due. A round that fails stops no other; a lost database is the caller's."""
    for item in _rounds.values():
        if time.monotonic() < item.due:
            continue
        item.due = time.monotonic() + item.every
        try:
            if item.run():
                item.due = 0.0
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("The round %r failed; the worker tries again.", item.name)
