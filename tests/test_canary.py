"""Nothing about what is not public reaches an anonymous reader, by any outlet."""

from __future__ import annotations

import re
from datetime import date

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from centres.documents.activity_items import activity_id
from centres.models import (
    ActivityType,
    CentrePage,
    LegalReference,
    Organisation,
    Place,
    ProgrammePage,
)
from cms.delivery.drain import drain_all
from home.models import StandardPage
from tests.centres.activities import activity
from tests.reading import RESOURCES, Reader

CANARY = "zyxcanary"
EXPORTS = ("activities.ics", "centres.csv", "centres.geojson", "centres.ndjson")
HIDDEN_PATHS = (
    f"/it/centri-per-le-famiglie/{CANARY}-draft/",
    f"/it/centri-per-le-famiglie/{CANARY}-private/",
    f"/it/{CANARY}-page/",
    "/leads/to/private",
    "/leads/to/draft",
)


@pytest.fixture
def hidden_ids(db: None) -> list[str]:
    """Plant the canary in drafts, private pages and draft records, and link them from a page."""
    programme = ProgrammePage.objects.get(slug="centri-per-le-famiglie")
    italian = programme.locale
    draft = CentrePage(title=f"{CANARY} draft", slug=f"{CANARY}-draft", locale=italian, live=False)
    programme.add_child(instance=draft)
    private = CentrePage(title=f"{CANARY} private", slug=f"{CANARY}-private", locale=italian)
    private.activities = [activity(f"{CANARY} activity", dates=[{"date": date(2027, 3, 17)}])]
    programme.add_child(instance=private)
    Redirect.add_redirect("/leads/to/private", private)
    Redirect.add_redirect("/leads/to/draft", draft)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    secret = StandardPage(title=f"{CANARY} page", slug=f"{CANARY}-page", live=False, locale=italian)
    programme.get_parent().add_child(instance=secret)
    body = Organisation.objects.create(name=f"{CANARY} body", live=False)
    place = Place.objects.create(name=f"{CANARY} place", live=False, locale=italian)
    term = ActivityType.objects.create(
        code=f"{CANARY}-term", name=f"{CANARY} term", live=False, locale=italian
    )
    act = LegalReference.objects.create(
        act_type="dgr", issuer=CANARY, number="9999", year=2025, live=False, locale=italian
    )
    centre = CentrePage.objects.get(slug="saronno", locale=italian)
    seat = centre.seats.first()
    seat.place = place
    centre.bodies.add(centre.bodies.model(organisation=body, role="partner"))
    centre.legal_basis.add(centre.legal_basis.model(act=act, role="update"))
    centre.body = [
        ("paragraph", f'<p>See <a linktype="page" id="{draft.pk}">the new one</a></p>'),
        ("paragraph", f'<p>See <a linktype="page" id="{private.pk}">the private one</a></p>'),
        ("paragraph", f'<p>See <a linktype="act" id="{act.translation_key}">the act</a></p>'),
        ("links", {"title": "More", "links": [{"label": "there", "page": secret, "url": ""}]}),
    ]
    centre.seats.add(seat)
    for block in centre.activities:
        block.value["place"] = place
        block.value["types"] = [*block.value["types"], str(term.translation_key)]
    centre.save_revision().publish()
    programme.activity_types = [*programme.activity_types, str(term.translation_key)]
    programme.save_revision().publish()
    # A draft change of something that is public is hidden too.
    public = CentrePage.objects.get(slug="me-te", locale=italian)
    public.summary = f"{CANARY} change"
    public.save_revision()
    drain_all()
    objects = [draft, private, secret, place, term, act]
    blocks = [str(activity_id(private.translation_key, str(b.id))) for b in private.activities]
    return [str(item.translation_key) for item in objects] + [str(body.public_id), *blocks]


def test_canary_is_heard_nowhere(reader: Reader, hidden_ids: list[str]) -> None:
    answers = {}
    for locale in ("it", "en"):
        for resource in RESOURCES:
            for view in ("full", "summary"):
                path = f"/api/v1/{resource}?limit=100&view={view}&locale={locale}"
                answers[path] = reader.get(path).content.decode()
        for export in EXPORTS:
            path = f"/api/v1/{export}?locale={locale}"
            answers[path] = reader.get(path).getvalue().decode()
        for item in reader.items("centres", locale):
            for suffix in ("ics", "jsonld"):
                path = f"/api/v1/centres/{item['id']}.{suffix}?locale={locale}"
                answers[path] = reader.get(path).content.decode()
    for hidden in HIDDEN_PATHS:
        response = reader.get(f"/api/v1/paths?path={hidden}")
        assert response.status_code == 404, hidden
    for path in ("/it/centri-per-le-famiglie/saronno/", "/it/"):
        answers[f"paths {path}"] = reader.get(f"/api/v1/paths?path={path}").content.decode()
    url = "/api/v1/changes?limit=100"
    while True:
        answer = reader.json(url)
        answers[url] = str(answer)
        url = answer["next"]
        if answer["at_end"]:
            break
    for path in (
        "/it/",
        "/it/centri-per-le-famiglie/",
        "/it/centri-per-le-famiglie/saronno/",
        "/it/centri-per-le-famiglie/me-te/",
        "/it/centri-per-le-famiglie/riferimenti-normativi/",
        "/en/family-centres/",
        "/en/family-centres/saronno/",
        "/api/v1/openapi.json",
    ):
        answers[path] = reader.get(path).content.decode()
    for key in hidden_ids:
        for resource in RESOURCES:
            response = reader.get(f"/api/v1/{resource}/{key}")
            assert response.status_code == 404
        for suffix in ("ics", "jsonld"):
            assert reader.get(f"/api/v1/centres/{key}.{suffix}").status_code == 404
        assert reader.get(f"/api/v1/legal-references/{key}.jsonld").status_code == 404
    for path, text in answers.items():
        assert CANARY not in text.lower(), path
        # By itself: an id may have these digits by chance.
        assert re.search(r"(?<![0-9a-f])9999(?![0-9a-f])", text) is None, path
        for key in hidden_ids:
            assert key not in text, (path, key)
    shown = answers["/it/centri-per-le-famiglie/saronno/"]
    for words in ("the new one", "the private one", "the act"):
        assert words in shown, "a link that degrades keeps its text"


def test_hidden_pages_are_not_served(reader: Reader, hidden_ids: list[str]) -> None:
    assert reader.get(f"/it/centri-per-le-famiglie/{CANARY}-draft/").status_code == 404
    private = reader.get(f"/it/centri-per-le-famiglie/{CANARY}-private/")
    assert private.status_code == 302
    assert CANARY not in private.content.decode()
