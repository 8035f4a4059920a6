"""Where an example runs: a folder of its own, and a way to the server that is watched."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from cms.http.guide.markdown import fences
from cms.http.guide.sources import EXAMPLE_HOST, read_source
from tests.processes import run_program
from tests.serving import free_port

COMMANDS = {
    ".sh": ["bash", "-euo", "pipefail"],
    ".php": ["php", "-d", "display_errors=stderr", "-d", "error_reporting=-1"],
    ".mjs": ["node"],
}
PASSED_ON = ("If-None-Match", "Accept-Language")


@dataclass(frozen=True)
class Server:
    """The demonstration that is served, and the environment of its processes."""

    base: str
    env: dict[str, str]

    def run(self, program: str) -> None:
        """Run *program* on the server's database, and drain what it marked."""
        drained = f"{program}\nfrom cms.delivery.drain import drain_all; drain_all()"
        done = run_program(self.env, drained)
        assert done.returncode == 0, done.stderr[-2000:]

    def get(self, path: str) -> Any:
        with urlopen(f"{self.base}{path}", timeout=20) as answer:  # noqa: S310 (our own server)
            return json.load(answer)

    def centres(self, view: str = "full") -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get(f"/api/v1/centres?locale=it&limit=100&view={view}")[
            "items"
        ]
        return items


@dataclass
class Way:
    """A proxy before the server: it notes what passes, and can be made to refuse.

    Addresses come from the site's record: those of the next answer are led this way again.
    """

    server: Server
    port: int = field(default_factory=free_port)
    refusals: list[int] = field(default_factory=list)
    passed: list[tuple[str, int]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Way:
        way = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if way.refusals:
                    status, headers, body = way.refusals.pop(0), {"Retry-After": "1"}, b"{}"
                else:
                    status, headers, body = way._forward(self.path, self.headers)
                way.passed.append((self.path, status))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Be gone, as a server that is down."""
        self._http.shutdown()
        self._http.server_close()

    def _forward(self, path: str, given: Message) -> tuple[int, dict[str, str], bytes]:
        headers = {name: given[name] for name in PASSED_ON if name in given}
        request = Request(f"{self.server.base}{path}", headers=headers)  # noqa: S310
        try:
            answer = urlopen(request, timeout=20)  # noqa: S310 (our own server)
        except HTTPError as error:
            answer = error
        with answer:
            kept = ("ETag", "Content-Type", "Access-Control-Allow-Origin")
            told = {name: answer.headers[name] for name in kept if name in answer.headers}
            own, passing = f'"next":"{self.server.base}', f'"next":"{self.base}'
            body = answer.read().replace(own.encode(), passing.encode())
            return answer.status, told, body


@dataclass(frozen=True)
class Workplace:
    """A folder that holds the examples, pointed at *base*."""

    folder: Path
    base: str

    def __post_init__(self) -> None:
        for fence in fences(read_source("en")):
            if fence.language != "json":
                text = fence.text.replace(EXAMPLE_HOST, self.base)
                (self.folder / fence.caption).write_text(text, encoding="utf-8")

    def run(self, name: str, *, is_quiet: bool = True) -> str:
        """Run an example to its end; return what it printed. A quiet one complains of nothing."""
        done = subprocess.run(
            [*COMMANDS[Path(name).suffix], name],
            cwd=self.folder,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        complaints = done.stderr if is_quiet else ""
        assert (done.returncode, complaints) == (0, ""), (name, done.stderr, done.stdout[-500:])
        return done.stdout
