"""One server for all examples; a watched way and a folder for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples.place import Server, Way, Workplace
from tests.serving import demonstration, free_port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    with demonstration(tmp_path_factory.mktemp("examples"), port) as env:
        yield Server(f"http://127.0.0.1:{port}", env)


@pytest.fixture
def way(server: Server) -> Iterator[Way]:
    with Way(server) as way:
        yield way


@pytest.fixture
def workplace(tmp_path: Path, way: Way) -> Workplace:
    return Workplace(tmp_path, way.base)


@pytest.fixture
def awkward_title(server: Server) -> Iterator[str]:
    """A centre is renamed in every language to something that must be escaped, and back."""
    program = (
        "from centres.models import CentrePage\n"
        "for page in CentrePage.objects.filter(slug='saronno'):\n"
        "    page.title = {title!r}\n"
        "    page.save_revision().publish()"
    )
    (before,) = [c["title"] for c in server.centres() if c["html_url"].endswith("/saronno/")]
    title = '<b>Saronno</b> & "figli" d\'oggi'
    server.run(program.format(title=title))
    yield title
    server.run(program.format(title=before))
