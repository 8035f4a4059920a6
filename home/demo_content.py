"""The home page, the standard pages and the agency of the demonstration."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from cms.content_languages import configured
from cms.demo import once, register_loader
from cms.localisation.programmed import publish_translation
from cms.models import AgencySettings
from home import demo_privacy
from home.models import HomePage, StandardPage

ENGLISH = {
    "Centri per le Famiglie di ATS Insubria": "Family Centres of ATS Insubria",
    "Informazione, orientamento e spazi di incontro per tutte le famiglie.": (
        "Information, guidance and places to meet for all families."
    ),
    "Informativa sulla privacy": "Privacy notice",
    "informativa-privacy": "privacy-notice",
    **demo_privacy.ENGLISH,
    "Note legali": "Legal notes",
    "centri-famiglie-insubria": "centri-famiglie-insubria",
    "note-legali": "legal-notes",
    "I contenuti di questa dimostrazione sono stati raccolti da fonti pubbliche, indicate in ogni "
    "scheda, e non sono confermati dall'ATS.": (
        "The contents of this demonstration were gathered from public sources, named in each "
        "record, and are not confirmed by the agency."
    ),
}
PAGES = {
    "privacy_page": (
        "Informativa sulla privacy",
        "informativa-privacy",
        demo_privacy.html(),
    ),
    "legal_notes_page": (
        "Note legali",
        "note-legali",
        "<p>I contenuti di questa dimostrazione sono stati raccolti da fonti pubbliche, indicate "
        "in ogni scheda, e non sono confermati dall'ATS.</p>",
    ),
}


def load() -> None:
    """Load locales, the home page in both languages, and the pages that the footer links.

    Raises ``ValueError`` where content may not be in the languages of the demonstration.
    """
    codes = configured()
    if codes[:1] != ["it"] or "en" not in codes:
        raise ValueError(
            _(
                "The demonstration is in Italian and English: CONTENT_LANGUAGES needs it first, "
                "and en."
            )
        )
    for code in ("it", "en"):
        Locale.objects.get_or_create(language_code=code)
    once("page:home", _make_home)
    for field in PAGES:
        once(f"page:{field}", _make_standard, field)
    once("agency", _fill_agency)


def _publish(page: Page) -> None:
    page.save_revision().publish()
    page.refresh_from_db()
    publish_translation(page, Locale.objects.get(language_code="en"), ENGLISH)


def _make_home() -> None:
    """Replace Wagtail's welcome page as the root of the default site."""
    root = Page.get_first_root_node()
    site = Site.objects.get(is_default_site=True)
    old = site.root_page
    home = HomePage(
        title="Centri per le Famiglie di ATS Insubria",
        slug="centri-famiglie-insubria",
        introduction="<p>Informazione, orientamento e spazi di incontro per tutte le famiglie.</p>",
        locale=Locale.objects.get(language_code="it"),
    )
    root.add_child(instance=home)
    site.root_page = home
    site.hostname = "127.0.0.1"
    site.port = settings.SITE_PORT
    site.site_name = "Centri per le Famiglie"
    site.save()
    if not old.get_children().exists() and type(old.specific) is Page:
        old.delete()
    _publish(home)


def _make_standard(field: str) -> None:
    title, slug, introduction = PAGES[field]
    site = Site.objects.get(is_default_site=True)
    home = site.root_page
    page = StandardPage(title=title, slug=slug, introduction=introduction, locale=home.locale)
    home.add_child(instance=page)
    _publish(page)
    agency = AgencySettings.for_site(site)
    setattr(agency, field, page)
    agency.save()


def _fill_agency() -> None:
    agency = AgencySettings.for_site(Site.objects.get(is_default_site=True))
    agency.name = "ATS dell'Insubria"
    agency.website = "https://ats-insubria.it"
    agency.street = "Via Ottorino Rossi 9"
    agency.postal_code = "21100"
    agency.town = "Varese"
    agency.phone = "+39 0332 277111"
    agency.tax_code = "03510140126"
    agency.full_clean()
    agency.save()


register_loader(10, load)
