"""From which address a request comes, behind any number of proxies of ours."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest


def client_address(request: HttpRequest, trusted_proxies: int) -> str:
    """Return the address that the outermost of our proxies saw; of IPv6 its network of 64 bits.

    Each proxy appends the address of its peer to ``X-Forwarded-For``, so that only as many entries
    from the right are true as there are proxies of ours; what a client writes stands left of them.
    A request with fewer entries has not come through all of them.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    if trusted_proxies > 0:
        header = str(request.META.get("HTTP_X_FORWARDED_FOR") or "")
        entries = header.rsplit(",", trusted_proxies)[-trusted_proxies:]
        if len(entries) == trusted_proxies and (found := _network(entries[0])):
            return found
    return _network(peer) or peer[:64]


def _network(text: str) -> str | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))
