"""Who writes: a member, or a guest known by a random key in this browser's signed cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

from publication import clock
from publication.addresses import network_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from accounts.models import User

COOKIE = "__Host-guest" if settings.HTTPS else "guest"
COOKIE_AGE = timedelta(days=365)
# Says to scripts, which cannot read the others, that there is an account or a guest worth asking about.
HINT_COOKIE = "reader"
COOKIE_SALT = "comments.guest"
# An address's hash is made with another key after this long; bans of addresses end with it.
ADDRESS_ROTATION = timedelta(days=90)


@dataclass(frozen=True)
class Writer:
    """A member (user), or a guest (guest: the keyed hash of the browser's key; never the key itself)."""

    user: User | None = None
    guest: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """One name for both kinds, as votes, reports and postings know a writer."""
        return f"m{self.user.pk}" if self.user else f"g{self.guest}"

    @property
    def is_known(self) -> bool:
        return bool(self.user or self.guest)

    def wrote(self, comment: object) -> bool:
        """Whether this writer wrote it."""
        if self.user is not None:
            return comment.user_id == self.user.pk
        return bool(self.guest) and comment.guest == self.guest


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA-256 with the site's secret, in hexadecimal: 64 characters."""
    key = f"{purpose}\0{settings.SECRET_KEY}".encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def address_hash(address: str, now: datetime | None = None) -> str:
    """The keyed hash of an address in this rotation; IPv6 by its /64. Blank for what is no address."""
    network = network_of(address)
    if not network:
        return ""
    period = int((now or clock.now()).timestamp() // ADDRESS_ROTATION.total_seconds())
    return keyed_hash(f"address {period}", network)


def of(request: HttpRequest) -> Writer:
    """The writer behind a request; unknown (not `is_known`) for a visitor without account or cookie."""
    address = address_hash(request.META.get("REMOTE_ADDR", ""))
    if request.user.is_authenticated:
        return Writer(user=request.user, address=address)
    key = guest_key(request)
    return Writer(guest=keyed_hash("guest", key) if key else "", address=address)


def guest_key(request: HttpRequest) -> str:
    """This browser's key, or nothing for a missing or forged cookie."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE_SALT)
    except signing.BadSignature:
        return ""


def guest_hash(key: str) -> str:
    return keyed_hash("guest", key)


def new_guest(seed: str = "") -> tuple[str, Writer]:
    """A new guest's key and writer. `seed`, a secret of the browser's own, gives the same key every time."""
    key = keyed_hash("new guest", seed) if seed else secrets.token_urlsafe(24)
    return key, Writer(guest=guest_hash(key))


def remember(response: HttpResponseBase, key: str) -> None:
    """Gives the browser its key, where scripts cannot read it."""
    response.set_cookie(
        COOKIE,
        signing.dumps(key, salt=COOKIE_SALT),
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    hint(response)


def hint(response: HttpResponseBase) -> None:
    """Tells the page's script that part of a thread may be this browser's own; it holds nothing else."""
    response.set_cookie(HINT_COOKIE, "1", max_age=COOKIE_AGE, secure=settings.HTTPS, samesite="Lax")
