"""The privacy notice that the form links says what the form does, in both languages."""

from __future__ import annotations

import pytest

from home.demo_privacy import NOTICE
from tests.feedback.sending import Citizen
from tests.reading import Reader


@pytest.mark.parametrize(
    ("path", "language"), [("/it/informativa-privacy/", 0), ("/en/privacy-notice/", 1)]
)
def test_notice_is_whole_in_both_languages(reader: Reader, path: str, language: int) -> None:
    page = reader.page(path)
    shown = [item.get_text() for item in page.select(".fc-lead p, .fc-lead h2")]
    assert shown == [pair[language] for pair in NOTICE]
    assert not page.select(".fc-lead [lang]"), "a sentence stayed in the other language"


def test_form_leads_to_the_notice(citizen: Citizen, reader: Reader) -> None:
    citizen.open()
    link = citizen.soup.select_one('main a[href$="/informativa-privacy/"]')
    assert link is not None
    assert reader.page("/it/informativa-privacy/").select("h1")
