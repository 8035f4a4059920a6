"""The wheel in a stock host: what only works inside this repository is found here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.processes import ROOT

pytestmark = pytest.mark.wheel

HOST_SETTINGS = """
from .base import *
SECRET_KEY = "host"
ALLOWED_HOSTS = ["*"]
DEBUG = False
LANGUAGE_CODE = "it"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("it", "Italiano"), ("en", "English")]
USE_I18N = WAGTAIL_I18N_ENABLED = True
INSTALLED_APPS = [
    "centres", "feedback", "cms", "cms.delivery", "cms.localisation",
    "wagtail_localize", "wagtail_localize.locales", "bootstrap_italia_template", "ninja",
    "wagtail.contrib.settings",
] + INSTALLED_APPS
MIDDLEWARE = [
    "cms.http.middleware.ApiMiddleware", *MIDDLEWARE, "cms.localisation.guard.TranslatorsMiddleware"
]
TEMPLATES[0]["OPTIONS"]["context_processors"] += ["cms.context.site"]
WAGTAILADMIN_BASE_URL = "http://localhost"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
"""

PUBLISH_AND_READ = """
from wagtail.models import Site
from centres.models import CentrePage, LegalReferencesPage, ProgrammePage
from cms.delivery.drain import drain_all
from django.test import Client

home = Site.objects.get(is_default_site=True).root_page
programme = ProgrammePage(title="Centri per le Famiglie", slug="centri")
home.add_child(instance=programme)
programme.save_revision().publish()
centre = CentrePage(title="Centro di prova", slug="prova")
programme.add_child(instance=centre)
centre.save_revision().publish()
acts = LegalReferencesPage(title="Atti", slug="atti")
programme.add_child(instance=acts)
acts.save_revision().publish()
drain_all()
client = Client(HTTP_HOST="localhost")
answer = client.get("/api/v1/centres?locale=it").json()
pages = client.get("/api/v1/pages?locale=it").json()
page = client.get("/centri/prova/")
print("RESULT " + __import__("json").dumps(
    {"titles": [item["title"] for item in answer["items"]], "status": page.status_code,
     "pages": [(item["page_type"], item["title"]) for item in pages["items"]],
     "guide": [client.get("/api/", headers={"accept-language": code})["Content-Language"]
               for code in ("it", "en", "fr")],
     "acts": client.get("/centri/atti/").status_code,
     "shown": "Centro di prova" in page.content.decode(),
     "italian": "Contatti e orari" in page.content.decode()}
))
"""


def _run(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def test_stock_host_publishes_a_centre(tmp_path: Path) -> None:
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path)
    _run(*build, cwd=ROOT, env=env)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "centres/locale/it/LC_MESSAGES/django.mo",
        "centres/templates/centres/centre_page.html",
        "centres/data/comuni-lombardia.csv",
        "cms/static/cms/site.css",
        "cms/http/guide/integrators.md",
        "cms/http/guide/integrators.it.md",
        "cms/delivery/migrations/0001_initial.py",
        "feedback/templates/feedback/channels.html",
    ):
        assert wanted in names
    unwanted = ("home/", "tests/", "cms/settings/", "cms/urls.py", "cms/wsgi.py")
    assert [name for name in names if name.startswith(unwanted)] == []

    site = tmp_path / "venv"
    _run(sys.executable, "-m", "venv", site, cwd=tmp_path, env=env)
    python = site / "bin" / "python"
    lock = ROOT / "requirements.lock"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--constraint", _pins(lock, tmp_path), wheel, cwd=tmp_path, env=env)
    _run(site / "bin" / "wagtail", "start", "host", cwd=tmp_path, env=env)
    host = tmp_path / "host"
    (host / "host" / "settings" / "family.py").write_text(HOST_SETTINGS)
    env["DJANGO_SETTINGS_MODULE"] = "host.settings.family"
    _run(python, "manage.py", "check", cwd=host, env=env)
    _run(python, "manage.py", "migrate", "--verbosity", "0", cwd=host, env=env)
    dry = (
        "makemigrations",
        "--check",
        "--dry-run",
        "centres",
        "family_cms",
        "family_delivery",
        "family_localisation",
    )
    _run(python, "manage.py", *dry, cwd=host, env=env)
    program = "import django; django.setup()\n" + PUBLISH_AND_READ
    output = _run(python, "-c", program, cwd=host, env=env)
    (line,) = [text for text in output.splitlines() if text.startswith("RESULT ")]
    assert json.loads(line.removeprefix("RESULT ")) == {
        "titles": ["Centro di prova"],
        "status": 200,
        "pages": [["legal_references", "Atti"]],
        "guide": ["it", "en", "it"],
        "acts": 200,
        "shown": True,
        "italian": True,
    }


def _pins(lock: Path, folder: Path) -> Path:
    """Return the pins of the lock file without their hashes, as constraints."""
    lines = [line.rstrip(" \\") for line in lock.read_text().splitlines() if "==" in line]
    path = folder / "constraints.txt"
    path.write_text("\n".join(line for line in lines if not line.startswith(" ")) + "\n")
    return path
