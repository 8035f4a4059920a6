"""Centres and acts as schema.org objects (JSON-LD 1.1), from their documents.

The national guidelines ask to leave a service's block out while its address is incomplete.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from centres.exports.recurrences import rule_of
from centres.hours import schema_org_hours

CONTEXT = "https://schema.org"
IN_USE = frozenset({"active", "temporary"})
FORCE = {
    "in_force": "InForce",
    "partly_in_force": "PartiallyInForce",
    "not_in_force": "NotInForce",
}
RELATIONS = {
    "changes": "legislationChanges",
    "repeals": "legislationRepeals",
    "consolidates": "legislationConsolidates",
}
"""By their names in the ELI ontology, from which schema.org took them."""


def service(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a centre as a ``GovernmentService``; ``None`` if no seat has a complete address.

    A seat that is planned or has ended, or whose address is incomplete, is left out.
    """
    seats = [seat for seat in document["seats"] if seat["status"]["code"] in IN_USE]
    channels = [channel for seat in seats for channel in _channel(document, seat)]
    if not channels or document["status"]["code"] == "closed":
        return None
    operators = [
        {"@type": "Organization", "name": body["organisation"]["title"]}
        for body in document["bodies"]
        if body["role"]["code"] == "lead"
    ]
    audiences = {
        item["title"]: {"@type": "Audience", "audienceType": item["title"]}
        for block in document["activities"]
        for item in block["value"]["audiences"]
    }
    content = {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "@id": document["url"],
        "name": document["title"],
        "description": document.get("text"),
        "url": document.get("html_url"),
        "serviceType": document.get("programme", {}).get("title"),
        "serviceOperator": operators,
        "areaServed": [
            {
                "@type": "AdministrativeArea",
                "name": comune["name"]["text"],
                "identifier": comune["istat_code"],
            }
            for comune in document["comuni"]
        ],
        "audience": list(audiences.values()),
        "availableChannel": channels,
        "inLanguage": document["language"],
    }
    return _known(content)


def _channel(document: Mapping[str, Any], seat: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    address = postal_address(seat["place"])
    if address is None:
        return
    place = seat["place"]
    point = place.get("point")
    location = {
        "@type": "Place",
        "name": place["name"]["text"],
        "address": address,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": point["latitude"],
            "longitude": point["longitude"],
        }
        if point and point["precision"] == "exact"
        else None,
        "openingHoursSpecification": _opening_hours(seat.get("hours")),
    }
    phones = [item["value"] for item in document["contacts"] if item["kind"]["code"] == "phone"]
    phones = [seat["phone"]["value"]] if "phone" in seat else phones
    yield _known(
        {
            "@type": "ServiceChannel",
            "serviceUrl": document.get("html_url"),
            "servicePhone": [{"@type": "ContactPoint", "telephone": phone} for phone in phones],
            "serviceLocation": _known(location),
        }
    )


def postal_address(place: Mapping[str, Any]) -> dict[str, str] | None:
    """Return a complete address, or ``None`` if street, postal code or comune is not known."""
    address = place["address"]
    if not all(name in address for name in ("street", "postal_code", "comune")):
        return None
    return {
        "@type": "PostalAddress",
        "streetAddress": address["street"]["text"],
        "postalCode": address["postal_code"],
        "addressLocality": address["comune"]["name"]["text"],
        "addressRegion": address["comune"]["province_code"],
        "addressCountry": "IT",
    }


def _opening_hours(hours: Mapping[str, Any] | None) -> list[dict[str, object]]:
    rules = [rule_of(row) for row in hours["rows"]] if hours else []
    return schema_org_hours([rule for rule in rules if rule is not None])


def legislation(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return an act as ``Legislation``."""
    official = document.get("official_title") or document["full_citation"]
    content: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Legislation",
        "@id": document["url"],
        "name": official["text"],
        "alternateName": document["citation"]["text"],
        "description": document.get("gloss"),
        "legislationIdentifier": document.get("urn") or document["key"],
        "legislationType": document["act_type"]["label"],
        "legislationDate": document.get("date"),
        "legislationPassedBy": {"@type": "Organization", "name": document["issuer"]["text"]},
        "legislationJurisdiction": "IT",
        "url": document.get("text_url") or document.get("html_url"),
        "sameAs": document.get("eli"),
        "inLanguage": official["lang"],
    }
    if force := FORCE.get(document["force"]["code"]):
        content["legislationLegalForce"] = f"https://schema.org/{force}"
    for relation in document["relations"]:
        if name := RELATIONS.get(relation["relation"]["code"]):
            act = {
                "@type": "Legislation",
                "@id": relation["act"]["url"],
                "name": relation["act"]["title"],
            }
            content.setdefault(name, []).append(act)
    return _known(content)


def _known(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in (None, [], "")}


def script_text(content: Mapping[str, Any]) -> str:
    """Return JSON that cannot end the ``script`` element it is written in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
