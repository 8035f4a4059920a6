"""Bad input gets a clear error at its field, in Italian, and nothing is half saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Locale

from centres.blocks.hours import HoursStreamBlock
from centres.models import (
    CentreComune,
    CentreContact,
    CentrePage,
    LegalReference,
    LegalRelation,
    Organisation,
    Place,
)


def _errors(instance: Any, **options: Any) -> dict[str, list[str]]:
    with override("it"):
        with pytest.raises(ValidationError) as caught:
            instance.full_clean(**options)
        return dict(caught.value.message_dict)


def _act(number: str) -> LegalReference:
    return LegalReference.objects.get(number=number, locale__language_code="it")


def test_act_cannot_change_itself(db: None) -> None:
    act = _act("1507")
    row = LegalRelation(act=act, relation="changes", target=act)
    assert _errors(row) == {"target": ["Un atto non ha relazioni con sé stesso."]}


def test_earlier_act_cannot_change_a_later_one(db: None) -> None:
    row = LegalRelation(act=_act("2315"), relation="changes", target=_act("1507"))
    (message,) = _errors(row)["relation"]
    assert message.startswith("Un atto precedente non può")


@pytest.mark.parametrize("number", ["12", "abc", "+39 0", "0332 27711111111111"])
def test_number_that_is_none(db: None, number: str) -> None:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    row = CentreContact(page=centre, kind="phone", value=number, locale=centre.locale)
    (message,) = _errors(row)["value"]
    assert message.startswith("Indica un numero di telefono")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.it/"])
def test_script_scheme(db: None, url: str) -> None:
    assert "website" in _errors(Organisation(name="x", website=url))
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    row = CentreContact(page=centre, kind="website", value=url, locale=centre.locale)
    assert "value" in _errors(row)


def test_unknown_istat_code(db: None) -> None:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    assert "comune" in _errors(CentreComune(page=centre, comune_id="999999"))


def test_postal_code_of_another_comune(db: None) -> None:
    place = Place(name="x", comune_id="012119", postal_code="20121", locale=Locale.get_default())
    assert _errors(place) == {"postal_code": ["Saronno (VA) non ha il CAP 20121."]}


def test_closed_centre_says_why(db: None) -> None:
    centre = CentrePage.objects.get(slug="saronno", locale__language_code="it")
    centre.status = "closed"
    assert "alert" in _errors(centre)


def _weekly(opens: str, closes: str) -> dict[str, Any]:
    value = {"kind": "desk", "days": ["MO"], "opens": opens, "closes": closes}
    return {"type": "weekly", "value": value}


@pytest.mark.parametrize(
    ("raw", "index", "field", "message"),
    [
        ([_weekly("12:00", "09:00")], 0, "closes", "Finisce prima di cominciare."),
        (
            [_weekly("09:00", "12:00"), _weekly("10:00", "11:00")],
            1,
            "opens",
            "Questi orari si sovrappongono ad altri dello stesso tipo.",
        ),
    ],
)
def test_hours_that_cannot_be(
    raw: list[dict[str, Any]], index: int, field: str, message: str
) -> None:
    block = HoursStreamBlock()
    with override("it"), pytest.raises(StreamBlockValidationError) as caught:
        block.clean(block.to_python(raw))
    error = caught.value.block_errors[index].block_errors[field]
    assert error.messages == [message]


def test_form_of_an_act_keeps_what_was_typed_and_names_the_field(client: Client, db: None) -> None:
    """Through the admin's own view, as an editor meets it."""
    user = get_user_model().objects.create_superuser("root", password="x")
    client.force_login(user)
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "it"})
    act, target = _act("2315"), _act("1507")
    form = {
        "act_type": act.act_type,
        "issuer": "Un ente scritto a mano",
        "legislature": "XI",
        "number": act.number,
        "year": act.year,
        "date": "2019-10-28",
        "force": "unknown",
        "relations-TOTAL_FORMS": "1",
        "relations-INITIAL_FORMS": "0",
        "relations-MIN_NUM_FORMS": "0",
        "relations-MAX_NUM_FORMS": "1000",
        "relations-0-relation": "changes",
        "relations-0-target": str(target.pk),
        "relations-0-ORDER": "1",
    }
    response = client.post(
        f"/admin/snippets/centres/legalreference/edit/{act.pk}/", form, HTTP_HOST="127.0.0.1"
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "Un atto precedente non può modificare" in page
    assert "Un ente scritto a mano" in page
    act.refresh_from_db()
    assert act.issuer == "Giunta regionale della Lombardia"
    assert not act.relations.filter(relation="changes").exists()
