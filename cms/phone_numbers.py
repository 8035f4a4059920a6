"""Telephone numbers: one international form for storage, one ``tel:`` form for links.

Numbers without a country code are read as Italian. Italian short codes (``112``, ``1500``) and
toll-free numbers (``800 …``) are numbers too.
"""

from __future__ import annotations

from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REGION: Final = "IT"


def _parse(text: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise _invalid() from error
    if phonenumbers.is_valid_number(number) or phonenumbers.is_possible_short_number_for_region(
        number, REGION
    ):
        return number
    raise _invalid()


def _invalid() -> ValidationError:
    return ValidationError(
        _("Enter a telephone number, such as 0332 277111 or +39 351 5629404."),
        code="invalid_phone_number",
    )


def normalise_phone_number(text: str) -> str:
    """Return *text* in international form, or raise ``ValidationError``.

    >>> normalise_phone_number("0332 277111")
    '+39 0332 277111'
    """
    number = _parse(text)
    if not phonenumbers.is_valid_number(number):
        return str(number.national_number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_uri(text: str) -> str:
    """Return the RFC 3966 ``tel:`` URI of a stored number, or raise ``ValidationError``."""
    number = _parse(text)
    if not phonenumbers.is_valid_number(number):
        return f"tel:{number.national_number}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966).replace(
        "-", ""
    )
