"""The people of an agency: who writes, who approves, who answers."""

from __future__ import annotations

import pytest
from django.test import Client

from cms import roles
from tests.editor import Editor


def member(group: str) -> Editor:
    """Return somebody of *group*, logged in."""
    return Editor(Client(HTTP_HOST="127.0.0.1"), group)


@pytest.fixture
def set_up(db: None) -> None:
    roles.set_up_roles()


@pytest.fixture
def writer(set_up: None) -> Editor:
    return member(roles.EDITORS)


@pytest.fixture
def publisher(set_up: None) -> Editor:
    return member(roles.PUBLISHERS)
