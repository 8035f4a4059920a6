"""Invented centres, as many as a measurement needs: the same ones for the same seed.

They are written in bulk, which sends no signals, so that what is touched is marked here. They have
no revision and stand in no search index: ``update_index`` and ``rebuild_references_index`` make up
for it where the admin is to be tried with them.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page

from centres.demo.invented_values import activity, body, hours, source
from centres.models import (
    ActivityType,
    Audience,
    BodyRole,
    CentreBody,
    CentreComune,
    CentreContact,
    CentreFunding,
    CentreLegalBasis,
    CentrePage,
    Comune,
    ContactKind,
    District,
    FundingSource,
    LegalBasisRole,
    LegalForm,
    LegalReference,
    Management,
    Organisation,
    Place,
    ProgrammePage,
    Seat,
    SeatRole,
    Sector,
)
from cms.delivery import keys
from cms.delivery.marking import mark

SLUG = "prova"
CHUNK = 500
"""How many centres are written in one transaction."""


@cache
def words() -> dict[str, list[str]]:
    """Return the words that titles and texts are made of."""
    path = Path(__file__).resolve().parent / "invented.json"
    return cast("dict[str, list[str]]", json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Surroundings:
    """What the invented centres refer to."""

    programme: ProgrammePage
    locale: Locale
    comuni: list[Comune]
    districts: list[District]
    organisations: list[Organisation]
    places: list[Place]
    acts: list[LegalReference]
    funding: list[FundingSource]
    types: list[str]
    audiences: list[str]


def make_centres(count: int, seed: int = 1) -> int:
    """Write *count* centres below the programme; return how many invented ones there are then.

    Raises ``ValueError`` where the demonstration content is missing.
    """
    before = CentrePage.objects.filter(slug__startswith=f"{SLUG}-").count()
    chance = random.Random(f"{seed}:{before}")  # noqa: S311
    with transaction.atomic():
        around = _surroundings(chance, count)
    for first in range(before, before + count, CHUNK):
        numbers = range(first, min(first + CHUNK, before + count))
        with transaction.atomic():
            _write_centres(chance, numbers, around)
    return before + count


def _surroundings(chance: random.Random, count: int) -> Surroundings:
    locale = Locale.get_default()
    programme = ProgrammePage.objects.filter(locale=locale).first()
    comuni = list(Comune.objects.filter(latitude__isnull=False).order_by("pk"))
    if programme is None or not comuni:
        raise ValueError("Load the demonstration content first: load_demo.")
    now = timezone.now()
    shown: dict[str, Any] = {"live": True, "first_published_at": now, "last_published_at": now}
    districts = [
        District(public_id=_uuid(chance), name=f"Ambito di prova {_name(chance)}", **shown)
        for _ in range(max(3, count // 100))
    ]
    organisations = [_organisation(chance, shown) for _ in range(max(5, count // 20))]
    places = [
        _place(chance, chance.choice(comuni), locale, shown) for _ in range(max(10, count // 4))
    ]
    for model, rows in ((District, districts), (Organisation, organisations), (Place, places)):
        touched = (keys.record_key(model, row.public_id) for row in rows)
        _write(model, rows, [keys.members_key(model), *touched])
    types = ActivityType.objects.filter(locale=locale, live=True).order_by("pk")
    audiences = Audience.objects.filter(locale=locale, live=True).order_by("pk")
    return Surroundings(
        programme,
        locale,
        comuni,
        districts,
        organisations,
        places,
        list(LegalReference.objects.filter(locale=locale, live=True).order_by("pk")),
        list(FundingSource.objects.filter(locale=locale, live=True).order_by("pk")),
        [str(term.translation_key) for term in types],
        [str(term.translation_key) for term in audiences],
    )


def _write(model: type[models.Model], rows: list[Any], touched: Iterable[str]) -> None:
    """Write *rows* in bulk, and mark what they touch."""
    model._default_manager.bulk_create(rows, batch_size=200)
    mark(*touched)


def _uuid(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def _name(chance: random.Random) -> str:
    return f"{chance.choice(words()['names'])} {chance.choice(words()['surroundings'])}"


def _organisation(chance: random.Random, shown: dict[str, Any]) -> Organisation:
    return Organisation(
        public_id=_uuid(chance),
        name=f"{chance.choice(words()['bodies'])} di prova {_name(chance)}",
        sector=chance.choice(Sector.values),
        legal_form=chance.choice(LegalForm.values),
        **shown,
    )


def _place(chance: random.Random, comune: Comune, locale: Locale, shown: dict[str, Any]) -> Place:
    host = chance.choice(words()["hosts"])
    place = Place(
        translation_key=_uuid(chance),
        locale=locale,
        name=f"{host} di {comune.name}",
        host=host,
        street=f"{chance.choice(words()['streets'])} {chance.randrange(1, 120)}",
        comune=comune,
        postal_code=next(iter(comune.postal_codes), ""),
        **shown,
    )
    # Two in three stand at an exact point; of the others only the comune's centre is known.
    if chance.random() < 2 / 3 and comune.latitude is not None and comune.longitude is not None:
        place.latitude = round(float(comune.latitude) + chance.uniform(-0.02, 0.02), 6)
        place.longitude = round(float(comune.longitude) + chance.uniform(-0.02, 0.02), 6)
    return place


def _write_centres(chance: random.Random, numbers: range, around: Surroundings) -> None:
    """Write the centres with *numbers*, with all their rows, and mark them."""
    content_type = ContentType.objects.get_for_model(CentrePage)
    parent = Page.objects.select_for_update().get(pk=around.programme.pk)
    last = parent.get_children().order_by("-path").values_list("path", flat=True).first()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    pages = []
    for position, number in enumerate(numbers, start=1):
        page = _page(chance, number, around)
        page.content_type = content_type
        page.path = Page._get_path(parent.path, parent.depth + 1, step + position)
        page.depth, page.numchild = parent.depth + 1, 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        pages.append(page)
    bases = [
        Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.local_fields})
        for page in pages
    ]
    touched = [keys.page_key(page.translation_key) for page in pages]
    touched += [keys.used_in_key(act.translation_key) for act in around.acts]
    touched.append(keys.members_key(CentrePage))
    _write(Page, bases, touched)
    mark(keys.children_key(parent.translation_key))
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    for base, page in zip(bases, pages, strict=True):
        page.pk = page.page_ptr_id = base.pk
        page.save_base(raw=True, force_insert=True)
    rows: dict[type[models.Model], list[models.Model]] = {}
    for page in pages:
        for row in _rows(chance, page, around):
            rows.setdefault(type(row), []).append(row)
    for model, found in rows.items():
        _write(model, found, ())


def _page(chance: random.Random, number: int, around: Surroundings) -> CentrePage:
    now = timezone.now()
    title = f"Centro di prova {_name(chance)} {number:05d}"
    return CentrePage(
        title=title,
        draft_title=title,
        slug=f"{SLUG}-{number:05d}",
        translation_key=_uuid(chance),
        locale=around.locale,
        live=True,
        first_published_at=now,
        last_published_at=now,
        latest_revision_created_at=now,
        summary=" ".join(chance.sample(words()["sentences"], 2)),
        management=chance.choice(Management.values),
        district=chance.choice(around.districts),
        comuni_complete=chance.random() < 0.5,
        hours=hours(chance),
        activities=json.dumps([activity(chance, around) for _ in range(8)]),
        body=body(chance),
        sources=source(chance, number),
    )


def _rows(chance: random.Random, page: CentrePage, around: Surroundings) -> Iterator[models.Model]:
    roles = (SeatRole.HUB, SeatRole.SPOKE)
    places = chance.sample(around.places, len(roles))
    for order, (role, place) in enumerate(zip(roles, places, strict=True)):
        yield Seat(
            page=page,
            sort_order=order,
            translation_key=_uuid(chance),
            locale=around.locale,
            place=place,
            role=role,
            hours=hours(chance),
            operator=chance.choice(around.organisations),
            note=chance.choice(words()["notes"]),
        )
    contacts = {
        ContactKind.PHONE: f"+39 0332 {chance.randrange(100000, 999999)}",
        ContactKind.EMAIL: f"{page.slug}@example.org",
        ContactKind.WEBSITE: f"https://example.org/{page.slug}",
    }
    for order, (kind, value) in enumerate(contacts.items()):
        yield CentreContact(
            page=page,
            sort_order=order,
            translation_key=_uuid(chance),
            locale=around.locale,
            kind=kind,
            value=value,
        )
    lead, partner = chance.sample(around.organisations, 2)
    yield CentreBody(page=page, sort_order=0, organisation=lead, role=BodyRole.LEAD)
    yield CentreBody(page=page, sort_order=1, organisation=partner, role=BodyRole.PARTNER)
    served = {place.comune for place in places if place.comune}
    served |= set(chance.sample(around.comuni, chance.randrange(1, 6)))
    for order, comune in enumerate(sorted(served, key=lambda item: item.pk)):
        yield CentreComune(page=page, sort_order=order, comune=comune)
    for order, act in enumerate(chance.sample(around.acts, chance.randrange(1, 3))):
        part = chance.choice(LegalBasisRole.values)
        yield CentreLegalBasis(page=page, sort_order=order, act=act, role=part)
    if around.funding:
        yield CentreFunding(page=page, sort_order=0, source=chance.choice(around.funding))
