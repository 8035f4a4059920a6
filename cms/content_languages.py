"""Which languages content may be in, which it is in, and which the words around it are in.

* What may be: the setting ``WAGTAIL_CONTENT_LANGUAGES``, its first language the source's.
* What is: those among them that have a locale, which an administrator adds in the admin.
* The words around the content: those with a complete catalogue; the source's elsewhere, so that
  what is missing is missing in one language (decision 10).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language, get_language_info, override

from cms import conf

KEPT_FOR = 60.0
"""Seconds after which a process reads the locales anew; it notices its own changes at once."""

_page: ContextVar[str] = ContextVar("page_language", default="")
_kept: tuple[float, tuple[str, ...]] | None = None


def configured() -> list[str]:
    """Return the codes of the languages that content may be in, the source's first."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def served(*, anew: bool = False) -> list[str]:
    """Return the codes of the languages that have a locale, in order of the setting.

    From memory; with *anew* from the database.
    """
    global _kept
    now = time.monotonic()
    if anew or _kept is None or now - _kept[0] > KEPT_FOR:
        from wagtail.models import Locale

        known = set(Locale.objects.values_list("language_code", flat=True))
        _kept = now, tuple(code for code in configured() if code in known)
    return list(_kept[1])


def is_served(code: str) -> bool:
    """Whether content is served in *code*; one that was added elsewhere is noticed at once."""
    return code in served() or (code in configured() and code in served(anew=True))


def interface_language(code: str) -> str:
    """Return the language of the words around content in *code*."""
    complete = conf.interface_languages()
    for wanted in (code, code.partition("-")[0], settings.LANGUAGE_CODE):
        if wanted in complete:
            return wanted
    return "en"


def page_language() -> str:
    """Return the language of the page that is being rendered.

    Its words may be in another one: see :func:`page_in`.
    """
    return _page.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def page_in(code: str) -> Iterator[None]:
    """Render a page in *code*, the words around its content in their language."""
    token = _page.set(code)
    try:
        with override(interface_language(code)):
            yield
    finally:
        _page.reset(token)


def is_right_to_left(code: str) -> bool:
    return bool(get_language_info(code)["bidi"])


def connect() -> None:
    """Notice locales that this process adds or deletes; called once, when the app is ready."""
    from wagtail.models import Locale

    for signal in (post_save, post_delete):
        signal.connect(_forget, Locale, dispatch_uid="content_languages")


def _forget(**kwargs: Any) -> None:
    def forget() -> None:
        global _kept
        _kept = None

    forget()
    transaction.on_commit(forget)
