"""Whose forwarded headers are believed: those of the peers that TRUSTED_PROXIES names, and nobody else's."""

import ipaddress
from functools import lru_cache
from typing import Any

from django.conf import settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
SCHEMES = frozenset({"http", "https"})


def address_of(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address with or without a port: 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1]:80."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    # A server that listens on both families reports IPv4 clients as ::ffff:192.0.2.1.
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(text: str) -> bool:
    """Whether this is the address of a proxy of ours; remembered, since every request asks."""
    return bool(settings.TRUSTED_PROXIES) and _is_within(text, tuple(settings.TRUSTED_PROXIES))


def scheme(environ: dict[str, Any], *, is_proxied: bool) -> str:
    """By which the reader came: as a trusted proxy says, else as the server does."""
    said = environ.get("HTTP_X_FORWARDED_PROTO", "").lower() if is_proxied else ""
    return said if said in SCHEMES else environ["wsgi.url_scheme"]


@lru_cache(maxsize=1000)
def _is_within(text: str, networks: tuple[Network, ...]) -> bool:
    address = address_of(text)
    return address is not None and any(address in network for network in networks)
