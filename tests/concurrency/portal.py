"""A portal: ``python -m tests.concurrency.portal BASE QUERY STOP REPORT``.

It follows the feed over HTTP until the file STOP exists, starts over from time to time in a second
mirror, reads both to the end, and writes down what it holds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from urllib.parse import parse_qsl

import django

from tests.concurrency.web import Connection
from tests.reading import Follower, Reader

ROUNDS = 25
"""How often the second mirror catches up before it starts over."""


def main(base: str, query: str, stop: Path, report: Path) -> None:
    policy = dict(parse_qsl(query))
    reader = Reader(Connection(base))
    steady, late = Follower(reader, **policy), Follower(reader, **policy)
    rounds = delivered = 0
    while not stop.exists():
        delivered += len(steady.catch_up())
        rounds += 1
        if rounds % ROUNDS == 0:
            late = Follower(reader, **policy)
        late.catch_up()
        time.sleep(0.2)
    for follower in (steady, late):
        delivered += len(follower.catch_up())
    held = [
        {"/".join(key): document for key, document in follower.held.items()}
        for follower in (steady, late)
    ]
    report.write_text(json.dumps({"delivered": delivered, "rounds": rounds, "held": held}))


django.setup()  # The reader keeps the language of its thread.
main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
