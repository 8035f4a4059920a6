"""The one command: prepares a database, starts the server, measures, prints a table.

From the environment: ``COUNT`` centres (500), ``DATABASE`` (sqlite or postgres), ``SECONDS`` for
each case (5). The database is kept below ``var/bench`` and used again.
"""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import time
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
POSTGRES = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
COUNT = int(os.environ.get("COUNT", "500"))
ENGINE = os.environ.get("DATABASE", "sqlite")
SECONDS = float(os.environ.get("SECONDS", "5"))
SERVER = ("-m", "waitress", "--threads=4")


def _database_url() -> tuple[str, bool]:
    """Return the address of the database and whether it was there before."""
    if ENGINE == "sqlite":
        path = VAR / f"{COUNT}.sqlite3"
        return f"sqlite:///{path}", path.exists()
    import psycopg

    name = f"family_centres_bench_{COUNT}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as admin:
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            admin.execute(f'CREATE DATABASE "{name}"')
    return f"{POSTGRES}/{name}", found is not None


def _manage(*arguments: str) -> None:
    command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def _prepare() -> None:
    """Make the database, unless one was made to its end before."""
    url, known = _database_url()
    os.environ["DATABASE_URL"] = url
    stamp = VAR / f"{ENGINE}-{COUNT}.ready"
    if known and stamp.exists():
        _manage("drain")
        return
    if known:
        sys.exit(f"{url} was not made to its end. Delete it, and start again.")
    _manage("migrate", "--verbosity", "0")
    _manage("load_demo")
    start = time.perf_counter()
    _manage("make_centres", "--count", str(COUNT))
    written = time.perf_counter()
    _manage("drain")
    built = time.perf_counter()
    stamp.write_text(f"written in {written - start:.0f} s, built in {built - written:.0f} s\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str) -> None:
    host, port = address.split(":")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.2)
    sys.exit("The server did not start.")


def _read() -> dict[str, dict[str, float]]:
    import django

    django.setup()
    from django.db import connection

    import benchmarks.urls  # noqa: F401
    from benchmarks import cases
    from benchmarks.load import measure

    table: dict[str, dict[str, float]] = {}
    listed = list(cases.reading_cases())
    counts = {case.name: cases.queries(case) for case in listed}
    print(f"{cases.entries()} entries; every answer is complete.\n", flush=True)
    connection.close()
    address = f"127.0.0.1:{_free_port()}"
    server = subprocess.Popen(
        [sys.executable, *SERVER, f"--listen={address}", "benchmarks.wsgi:application"],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(address)
        print("| request | req/s | p50 ms | p99 ms | server ms | bytes | queries |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for case in listed:
            figures = measure(address, server.pid, case, seconds=SECONDS)
            figures = replace(figures, queries=counts[case.name])
            table[case.name] = asdict(figures)
            print(
                f"| {case.name} | {figures.rate:.1f} | {figures.p50:.1f} | {figures.p99:.1f} "
                f"| {figures.cpu:.2f} | {figures.size} | {figures.queries} |",
                flush=True,
            )
    finally:
        server.terminate()
        server.wait()
    return table


def _write() -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.writing"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    VAR.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    os.environ["PYTHONWARNINGS"] = "ignore"
    _prepare()
    print(
        f"{date.today()}, {COUNT} centres, {ENGINE}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load before {os.getloadavg()[0]:.1f}"
    )
    from benchmarks.goals import judge

    reading = _read()
    writing = _write() if os.environ.get("WRITING", "true") == "true" else {}
    print("\n| what an editor waits for, and what follows | |\n|---|---:|")
    for name, value in writing.items():
        print(f"| {name} | {value:.1f} |")
    print("\n| goal | asked | measured | |\n|---|---:|---:|---|")
    for goal, asked, found, met in judge(reading, writing):
        print(f"| {goal} | {asked} | {found} | {'met' if met else 'MISSED'} |")
    result = VAR / f"{ENGINE}-{COUNT}-{date.today()}.json"
    result.write_text(json.dumps({"reading": reading, "writing": writing}, indent=1))


if __name__ == "__main__":
    main()
