"""What the system checks refuse, and what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from pydantic import create_model
from wagtail import blocks

from cms import checks
from cms.blocks import TextLineBlock
from cms.blocks.narrative import NarrativeStreamBlock
from cms.checks.component_names import component_name, components, response_schemas
from cms.checks.middleware import PATH
from cms.delivery import resources
from cms.delivery.block_documents import built_names, register_stream
from cms.delivery.resources import Resource
from cms.delivery.schemas import DocumentPart, Item, ItemSummary, Line
from cms.http.api import make_api
from tests.processes import ROOT, environment

SECURITY = "django.middleware.security.SecurityMiddleware"
SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"


def _replace_stream(monkeypatch: pytest.MonkeyPatch, field: str, stream: blocks.StreamBlock) -> Any:
    label, name = field.rsplit(".", 1)
    model = apps.get_model(label)
    monkeypatch.setitem(model._meta.get_field(name).__dict__, "stream_block", stream)
    return model


# E004: blocks without a document schema


@pytest.mark.parametrize(
    "field", ["centres.CentrePage.body", "centres.ProgrammePage.body", "home.StandardPage.body"]
)
def test_an_extra_block_is_refused(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    stream = NarrativeStreamBlock([("quotation", TextLineBlock())])
    model = _replace_stream(monkeypatch, field, stream)
    (error,) = checks.check_blocks_have_documents()
    assert (error.id, error.obj) == ("family_cms.E004", model)
    assert f"{field.split('.', 1)[1]}.quotation" in error.msg
    assert "register_stream" in str(error.hint)


@pytest.mark.parametrize(
    "field",
    [
        "centres.CentrePage.hours",
        "centres.CentrePage.activities",
        "centres.CentrePage.sources",
        "centres.Seat.hours",
        "centres.Seat.sources",
        "centres.ProgrammePage.means",
    ],
)
def test_every_kind_of_stream_refuses_an_extra_block(
    monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    label, name = field.rsplit(".", 1)
    stream = type(apps.get_model(label)._meta.get_field(name).stream_block)
    _replace_stream(monkeypatch, field, stream([("extra", TextLineBlock())]))
    assert [error.id for error in checks.check_blocks_have_documents()] == ["family_cms.E004"]


def test_a_stream_inside_a_block_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Activity(blocks.StructBlock):
        recurring = blocks.StreamBlock([("weekly", TextLineBlock())])

    class Activities(NarrativeStreamBlock):
        paragraph = Activity()

    _replace_stream(monkeypatch, "centres.CentrePage.body", Activities())
    (error,) = checks.check_blocks_have_documents()
    assert "CentrePage.body.paragraph.recurring is a StreamBlock" in error.msg


def test_a_plain_list_of_blocks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = blocks.StreamBlock([("item", TextLineBlock())])
    _replace_stream(monkeypatch, "centres.ProgrammePage.means", stream)
    (error,) = checks.check_blocks_have_documents()
    assert "subclass of StreamBlock" in str(error.hint)
    with pytest.raises(ValueError, match="make a subclass"):
        register_stream(blocks.StreamBlock, ["item"])


def test_a_subclass_may_announce_blocks_of_its_own() -> None:
    class Longer(NarrativeStreamBlock):
        quotation = TextLineBlock()

    register_stream(Longer, ["quotation"])
    narrative = built_names(NarrativeStreamBlock)
    assert narrative is not None
    assert built_names(Longer) == narrative | {"quotation"}
    assert "quotation" not in narrative


# E005: packages that shadow ours

HOST_SETTINGS = """
from cms.settings.test import *
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in {"home", *%r}] + %r
ROOT_URLCONF = "host_urls"
"""
URLS = "urlpatterns = []\n"


def _check_in_host(folder: Path, packages: dict[str, str], without: list[str]) -> str:
    """Run ``check`` where the host's own *packages* stand first on the path."""
    for name, text in packages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    added = [name.split("/")[0] for name in packages if name.endswith("/__init__.py")]
    added = [name for name in added if name not in {"cms", "centres", "feedback"}]
    (folder / "host_settings.py").write_text(HOST_SETTINGS % (without, added))
    (folder / "host_urls.py").write_text(URLS)
    env = environment(f"sqlite:///{folder / 'host.sqlite3'}", folder)
    env |= {"PYTHONPATH": f"{folder}:{ROOT}", "DJANGO_SETTINGS_MODULE": "host_settings"}
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        cwd=folder,
        env=env,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout + done.stderr


def test_a_host_without_a_package_of_our_name_passes(tmp_path: Path) -> None:
    assert "no issues" in _check_in_host(tmp_path, {"shop/__init__.py": ""}, [])


@pytest.mark.parametrize("name", ["feedback", "centres"])
def test_a_package_of_the_host_that_hides_ours_is_named(tmp_path: Path, name: str) -> None:
    output = _check_in_host(tmp_path, {f"{name}/__init__.py": ""}, [])
    assert "family_cms.E005" in output
    assert f"The app '{name}' is imported from {tmp_path / name}" in output
    assert f"Rename the host's own package '{name}'" in output


@pytest.mark.parametrize("name", ["cms/__init__.py", "cms.py"])
def test_a_package_of_the_host_that_hides_the_foundation_is_named(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("")
    env = environment(f"sqlite:///{tmp_path / 'host.sqlite3'}", tmp_path)
    program = (
        "import django; from django.conf import settings;"
        "settings.configure(INSTALLED_APPS=['centres', 'cms', 'cms.delivery']); django.setup()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=env | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    assert f"The package 'cms' is imported from {tmp_path / name}" in done.stderr


def test_an_app_that_takes_one_of_our_labels_is_named(tmp_path: Path) -> None:
    config = (
        "from django.apps import AppConfig\n"
        "class Complaints(AppConfig):\n    name = 'complaints'\n    label = 'family_feedback'\n"
    )
    files = {"complaints/__init__.py": "", "complaints/apps.py": config}
    output = _check_in_host(tmp_path, files, ["feedback"])
    assert "The app 'complaints' takes the label 'family_feedback'" in output


def test_the_host_keeps_its_own_home(tmp_path: Path) -> None:
    """``home`` is not in the wheel, and our rules for blocks are not the host's."""
    model = (
        "from django.db import models\nfrom wagtail.models import Page\n"
        "from wagtail.fields import StreamField\nfrom wagtail import blocks\n"
        "class HomePage(Page):\n    body = StreamField([('text', blocks.CharBlock())])\n"
    )
    output = _check_in_host(tmp_path, {"home/__init__.py": "", "home/models.py": model}, [])
    assert "no issues" in output


# E006: component names


def _resource(document: type[Item]) -> Resource:
    centres = resources.get("centres")
    return Resource(
        "others", centres.model, document, ItemSummary, centres.build, "Others", "Others."
    )


def test_two_schemas_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = create_model("Reference", __base__=DocumentPart, text=(Line, ...))
    kinds: Any = dict[str, list[reference | None]]  # type: ignore[valid-type]
    document = create_model("OtherDocument", __base__=Item, kinds=(kinds, ...))
    monkeypatch.setitem(resources._resources, "others", _resource(document))
    (error,) = checks.check_component_names_are_unique()
    assert error.id == "family_cms.E006"
    assert "'Reference'" in error.msg
    assert "cms.delivery.schemas.Reference" in error.msg
    assert "tests.test_checks" in error.msg


def test_a_schema_with_the_name_of_one_of_the_api_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Problem(Item):
        text: Line

    monkeypatch.setitem(resources._resources, "others", _resource(Problem))
    (error,) = checks.check_component_names_are_unique()
    assert "cms.http.shapes.Problem" in error.msg


def test_the_walk_finds_every_component_of_the_document() -> None:
    api = make_api()
    found = {component_name(schema) for schema in components(response_schemas(api))}
    described = set(api.get_openapi_schema(path_prefix="")["components"]["schemas"])
    assert len(described) > 30
    assert described <= found


# E007, W001 and E008: what a host sets


@pytest.mark.parametrize(
    ("middleware", "expected"),
    [
        ([PATH, SECURITY, SESSIONS], []),
        ([PATH, SESSIONS], []),
        ([SECURITY, PATH, SESSIONS], ["family_cms.W001"]),
        ([SECURITY, SESSIONS], ["family_cms.E007"]),
        ([SECURITY, SESSIONS, PATH], ["family_cms.W001"]),
        ([SESSIONS, PATH], ["family_cms.W001"]),
    ],
)
def test_the_api_middleware_has_one_place(
    settings: Any, middleware: list[str], expected: list[str]
) -> None:
    settings.MIDDLEWARE = middleware
    assert [message.id for message in checks.check_api_middleware()] == expected


def test_what_stands_before_the_api_middleware_is_named(settings: Any) -> None:
    settings.MIDDLEWARE = [SECURITY, SESSIONS, PATH]
    (message,) = checks.check_api_middleware()
    assert f"{SECURITY}, {SESSIONS} stands before it" in message.msg


@pytest.mark.parametrize("rate", ["often", "0/minute", "600/fortnight"])
def test_a_rate_limit_that_cannot_be_read_is_refused(settings: Any, rate: str) -> None:
    settings.FAMILY_CENTRES = {**settings.FAMILY_CENTRES, "RATE_LIMIT": rate}
    assert [message.id for message in checks.check_rate_limit()] == ["family_cms.E009"]


def test_a_misspelled_key_of_the_setting_is_refused(settings: Any) -> None:
    settings.FAMILY_CENTRES = {"DEMO": True, "API_PREFX": "/api"}
    (error,) = checks.check_host_setting_has_known_keys()
    assert error.id == "family_cms.E008"
    assert "'API_PREFX'" in error.msg
    assert "Did you mean 'API_PREFIX'?" in str(error.hint)


def test_a_setting_that_is_no_dictionary_is_refused(settings: Any) -> None:
    settings.FAMILY_CENTRES = ["DEMO"]
    assert [error.id for error in checks.check_host_setting_has_known_keys()] == ["family_cms.E008"]
