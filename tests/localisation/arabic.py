"""An Arabic site for tests: real words in place of each sentence, links and markup kept."""

from __future__ import annotations

from bs4 import BeautifulSoup
from wagtail.models import Locale

from centres.models import ActivityType, CentrePage, LegalReferencesPage, ProgrammePage
from tests.localisation.translating import add_locale, translate

TEXT = (
    "مراكز العائلة مفتوحة لجميع العائلات وتقدم المعلومات والتوجيه وأماكن للقاء مجانا وبدون موعد "
    "للآباء والأمهات والأطفال والمراهقين وكبار السن في كل مراحل الحياة"
)


def arabic(sentence: str) -> str:
    """Return Arabic text about as long as *sentence*, with its markup."""
    words = TEXT.split()
    soup = BeautifulSoup(sentence, "html.parser")
    for position, text in enumerate(soup.find_all(string=True)):
        if text.strip():
            count = min(max(1, len(text.split())), len(words))
            start = position % 3
            before = " " if text[0].isspace() else ""
            after = " " if text[-1].isspace() else ""
            text.replace_with(before + " ".join(words[start : start + count]) + after)
    return str(soup)


def is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def make_arabic_site() -> Locale:
    """Publish home, programme, acts page, one centre and one term in Arabic, and nothing else."""
    locale = add_locale("ar")
    programme = ProgrammePage.objects.get(locale__language_code="it")
    for page in (
        programme.get_parent().specific,
        programme,
        LegalReferencesPage.objects.get(locale__language_code="it"),
        CentrePage.objects.get(slug="saronno", locale__language_code="it"),
        ActivityType.objects.get(code="mutual-aid", locale__language_code="it"),
    ):
        translate(page, locale, arabic)
    return locale
