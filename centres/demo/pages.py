"""Makes the programme, its acts page and its centres."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from centres.blocks.activities import Stated
from centres.demo.facts import (
    ActivityFact,
    CentreFact,
    HoursFact,
    LegalFacts,
    PlaceFact,
    ProgrammeFact,
    english,
    hours_rule,
)
from centres.demo.records import district, find_act, organisation, publish_in_both
from centres.models import (
    ActivityType,
    Audience,
    BodyRole,
    CentreBody,
    CentreComune,
    CentreContact,
    CentrePage,
    ContactKind,
    FundingSource,
    LegalReferencesPage,
    Place,
    ProgrammeFunding,
    ProgrammeLegalBasis,
    ProgrammePage,
    Seat,
    ServiceForm,
)
from cms.demo import once
from cms.localisation.programmed import publish_translation
from cms.rows import number_rows


def load_programme(fact: ProgrammeFact, legal: LegalFacts) -> None:
    once("page:programme", _make_programme, fact, legal)


def load_acts_page(fact: ProgrammeFact) -> None:
    once("page:acts", _make_acts_page, fact)


def load_centre(fact: CentreFact, checked_on: str, types: dict[int, str]) -> None:
    once(f"page:centre:{fact.slug}", _make_centre, fact, checked_on, types)


def _publish(parent: Page, page: Page) -> None:
    number_rows(page)
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    publish_translation(page, Locale.objects.get(language_code="en"), english())


def _programme() -> ProgrammePage:
    found = ProgrammePage.objects.filter(locale=Locale.get_default()).first()
    if found is None:
        raise ValueError(_("The programme page of the demonstration is gone."))
    return found


def _make_programme(fact: ProgrammeFact, legal: LegalFacts) -> None:
    home = Site.objects.get(is_default_site=True).root_page.specific
    acts = {act.key: act for act in legal.acts}
    page = ProgrammePage(
        **fact.model_dump(
            exclude={"means", "origin", "service_forms", "critical_moments", "acts_page"}
        ),
        origin=_cited(fact.origin, acts),
        means=[("item", text) for text in fact.means],
        service_forms=_keys(ServiceForm),
        critical_moments=_keys(Audience),
        activity_types=_keys(ActivityType),
        access_direct=Stated.YES,
        access_free=Stated.YES,
        locale=home.locale,
    )
    for row in legal.programme_legal_basis:
        page.legal_basis.add(ProgrammeLegalBasis(act=find_act(acts[row.act]), role=row.role))
    for source in FundingSource.objects.filter(locale=Locale.get_default()).order_by("pk"):
        page.funding.add(ProgrammeFunding(source=source))
    _publish(home, page)


def _cited(html: str, acts: dict[str, Any]) -> str:
    """Replace ``[key]`` by a citation that follows the act."""

    def cite(match: re.Match[str]) -> str:
        act = find_act(acts[match[1]])
        return f'<a linktype="act" id="{act.translation_key}">{act.citation.short()}</a>'

    return re.sub(r"\[([a-z0-9-]+)\]", cite, html)


def _keys(model: type[Any]) -> list[str]:
    terms = model.objects.filter(locale=Locale.get_default())
    return [str(key) for key in terms.values_list("translation_key", flat=True)]


def _make_acts_page(fact: ProgrammeFact) -> None:
    parent = _programme()
    page = LegalReferencesPage(**fact.acts_page.model_dump(), locale=parent.locale)
    _publish(parent, page)


def _make_centre(fact: CentreFact, checked_on: str, types: dict[int, str]) -> None:
    parent = _programme()
    places = {place.name: _place(fact.slug, place) for place in fact.places}
    page = CentrePage(
        title=fact.name,
        slug=fact.slug,
        management=fact.management,
        district=district(fact.district),
        comuni_complete=fact.comuni_complete,
        hours=_hours(fact.hours),
        activities=[
            ("activity", _activity(item, places, checked_on, types)) for item in fact.activities
        ],
        sources=_sources(fact.sources, checked_on),
        locale=parent.locale,
    )
    for place in fact.places:
        page.seats.add(_seat(place, places[place.name], fact, checked_on))
    _add_rows(page, fact)
    _publish(parent, page)


def _add_rows(page: CentrePage, fact: CentreFact) -> None:
    if fact.lead_body:
        lead = organisation(fact.lead_body.name, fact.lead_body.kind)
        page.bodies.add(CentreBody(organisation=lead, role=BodyRole.LEAD))
    for name in fact.partners:
        page.bodies.add(CentreBody(organisation=organisation(name), role=BodyRole.PARTNER))
    for code in fact.comuni:
        page.comuni.add(CentreComune(comune_id=code))
    known = [
        (ContactKind.PHONE, fact.phone),
        (ContactKind.EMAIL, fact.email),
        (ContactKind.WEBSITE, fact.website),
    ]
    for kind, value in known:
        if value:
            contact = CentreContact(
                kind=kind, value=value, to_verify=fact.contacts_to_verify, locale=page.locale
            )
            contact.clean()
            page.contacts.add(contact)


def _place(centre: str, fact: PlaceFact) -> Place:
    place = Place(
        name=fact.name,
        host=fact.host or "",
        street=fact.street or "",
        comune_id=fact.istat_code,
        postal_code=fact.postal_code or "",
        locale=Locale.get_default(),
    )
    once(f"place:{centre}:{fact.name}", publish_in_both, place)
    if place.pk is None:
        return Place.objects.filter(locale=Locale.get_default(), name=fact.name).latest("pk")
    return place


def _seat(fact: PlaceFact, place: Place, centre: CentreFact, checked_on: str) -> Seat:
    seat = Seat(
        place=place,
        role=fact.role,
        status=fact.status,
        valid_from=fact.valid_from,
        operator=organisation(fact.operator) if fact.operator else None,
        phone=fact.phone or "",
        phone_to_verify=bool(fact.phone),
        hours=_hours(fact.hours),
        audience_note=fact.audience or "",
        note=fact.public_note_it or "",
        editor_note=fact.editor_note_it or "",
        sources=_sources(fact.sources, checked_on),
        locale=Locale.get_default(),
    )
    seat.clean_fields(exclude=["page"])
    return seat


def _hours(facts: list[HoursFact]) -> list[tuple[str, dict[str, object]]]:
    return [
        (
            "weekly",
            {
                "kind": rule.kind,
                "days": [day.value for day in rule.days],
                "opens": rule.opens,
                "closes": rule.closes,
            },
        )
        for rule in map(hours_rule, facts)
    ]


def _sources(urls: list[str], checked_on: str) -> list[tuple[str, dict[str, object]]]:
    return [("source", {"url": url, "checked_on": checked_on}) for url in urls]


def _stated(value: bool | None) -> Stated:
    if value is None:
        return Stated.NOT_STATED
    return Stated.YES if value else Stated.NO


def _activity(
    fact: ActivityFact, places: dict[str, Place], checked_on: str, types: dict[int, str]
) -> dict[str, object]:
    """Return the value of an activity block."""
    return {
        "types": [types[number] for number in fact.activity_types],
        "title": fact.title,
        "description": "",
        "audiences": [],
        "audience_note": fact.audience or "",
        "age_from": fact.age_min,
        "age_to": fact.age_max,
        "place": places[fact.place] if fact.place else None,
        "dates": [
            {"date": day, "starts": fact.time_from, "ends": fact.time_to} for day in fact.dates
        ],
        "recurring": [],
        "when_note": fact.when or "",
        "booking": _stated(fact.booking_required),
        "booking_note": "",
        "free_of_charge": _stated(fact.free_of_charge),
        "accompanied": _stated(fact.accompanied),
        "contact_note": "",
        "note": fact.public_note_it or "",
        "types_inferred": fact.types_inferred,
        "editor_note": fact.editor_note_it or "",
        "sources": [{"url": url, "checked_on": checked_on} for url in fact.sources],
    }
