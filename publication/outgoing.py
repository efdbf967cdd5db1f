"""The one door through which the paper sends something to an address that a person typed.

No redirect is followed, nothing of the answer but its status is read, and only public addresses are spoken to:
a name is looked up once, every address behind it is judged, and the connection goes to the judged one.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

from django.conf import settings

# Seconds for connecting, and again for each wait for the answer.
TIMEOUT = 5
PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):
    """Nothing was sent, or no answer came; says why in a few words for the log."""


def post_form(url: str, fields: Sequence[tuple[str, str]]) -> int:
    """Sends an HTML form's fields; the status of the answer. Raises Unreachable."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError as error:
        raise Unreachable(f"no address: {error}") from error
    if scheme not in PORTS or not host:
        raise Unreachable("neither http nor https")
    port = port or PORTS[scheme]
    address = _judged(host, port)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = (_Secure if scheme == "https" else _Plain)(host, port, address)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": settings.SITE_URL}
    try:
        connection.request("POST", target, urlencode(fields), headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        connection.close()


def _judged(host: str, port: int) -> str:
    """The address to connect to; Unreachable if one behind the name is not public. In DEBUG all are spoken to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} is not known") from error
    addresses = [str(one[4][0]) for one in found]
    if not settings.DEBUG and not all(_is_public(address) for address in addresses):
        raise Unreachable(f"{host} is not a public address")
    return addresses[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_global and not address.is_multicast


class _Plain(http.client.HTTPConnection):
    """Speaks to a host at an address that was judged, whatever the name means by now."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), TIMEOUT)


class _Secure(_Plain):
    """The same with the certificate checked against the name."""

    default_port = PORTS["https"]

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
