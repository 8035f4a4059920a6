"""Runs the demonstration: loads what is missing, starts web and worker, stops both together."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, "-W", "ignore", str(ROOT / "manage.py")]
VAR = ROOT / "var"
ACCOUNTS = VAR / "accounts.txt"
STAMP = VAR / "prepared.sha256"
PACKAGES = ("cms", "home", "centres", "feedback")
HOST = "127.0.0.1"


def main() -> None:
    port = os.environ.get("PORT", "8000")
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        sys.exit(f"{port} is no port. Choose one from 1024 to 65535: make demo PORT=8010")
    if not _is_free(int(port)):
        sys.exit(f"Port {port} is taken. Choose another one: make demo PORT=8010")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    os.environ["PORT"] = port
    os.environ.setdefault("DEBUG", "false")
    _prepare(port)
    _print_accounts()
    base = f"http://{HOST}:{port}"
    print(
        f"\n  page    {base}/it/centri-per-le-famiglie/"
        f"\n  admin   {base}/admin/"
        f"\n  API     {base}/api/v1/centres"
        f"\n  docs    {base}/api/\n\nCtrl-C stops it.\n",
        flush=True,
    )
    _run(port)


def _prepare(port: str) -> None:
    """Migrate, load and collect; not again where nothing has changed since the last time."""
    wanted = _fingerprint(port)
    kept = (VAR / "db.sqlite3", VAR / "static", ACCOUNTS, STAMP)
    if all(path.exists() for path in kept) and STAMP.read_text() == wanted:
        return
    prepare = ["prepare_demo", "--port", port, "--accounts", str(ACCOUNTS)]
    if subprocess.run([*MANAGE, *prepare], check=False).returncode:
        sys.exit("The demonstration was not started: it could not be prepared (see above).")
    STAMP.write_text(wanted)


def _fingerprint(port: str) -> str:
    """Return a digest of the sources, the libraries and the settings of this demonstration."""
    files = [ROOT / "requirements.lock"]
    for package in PACKAGES:
        files += (path for path in (ROOT / package).rglob("*") if path.suffix != ".pyc")
    seen = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(files)
        if path.is_file()
    ]
    settings = (port, os.environ.get("DATABASE_URL", ""), os.environ.get("DEMO", ""))
    return hashlib.sha256(repr((seen, settings)).encode()).hexdigest()


def _print_accounts() -> None:
    print("\nAccounts (a new password: make password USER=editor):")
    for line in ACCOUNTS.read_text(encoding="utf-8").splitlines():
        name, _tab, password = line.partition("\t")
        print(f"  {name:14} {password}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _run(port: str) -> None:
    """Run both processes until one ends or we are told to stop."""
    stopping = False

    def stop(*_args: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    web = [sys.executable, "-m", "waitress", f"--listen={HOST}:{port}", "--threads=8"]
    children = [
        subprocess.Popen([*web, "cms.wsgi:application"], cwd=ROOT, start_new_session=True),
        subprocess.Popen([*MANAGE, "worker"], cwd=ROOT, start_new_session=True),
    ]
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    if not stopping:
        sys.exit("One of the two processes ended by itself; both were stopped.")


if __name__ == "__main__":
    main()
