"""What the environment says, read once by settings.py. Every variable stands in the README's table."""

import ipaddress
import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from articles import embeds

DEMO_SECRET_PREFIX = "demo-"
# Shorter keys are refused, as Django's own deploy check does.
SECRET_MIN_LENGTH = 50

# Who a reader may log in with, and where the browser is sent for it: every stop of the way, because the form's
# page must allow them all (CSP form-action). Switched on by KAKAO_LOGIN, NAVER_LOGIN, GOOGLE_LOGIN.
PROVIDERS = {
    "kakao": ("https://kauth.kakao.com", "https://accounts.kakao.com"),
    "naver": ("https://nid.naver.com",),
    "google": ("https://accounts.google.com",),
}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def flag(name: str) -> bool:
    """True for 1, true, yes, on; anything else, or nothing, is False."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """A comma separated variable as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def text(name: str, default: str = "") -> str:
    """A variable, or the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def choice(name: str, *known: str) -> str:
    """One of the known words, the first by default; ImproperlyConfigured for any other."""
    chosen = text(name, known[0])
    if chosen not in known:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(known)}, not {chosen!r}.")
    return chosen


def _address(name: str, value: str) -> SplitResult:
    """A variable's address in its parts; ImproperlyConfigured where it has no host or an impossible port."""
    try:
        parts = urlsplit(value)
        # Reading the port is what checks it.
        if parts.hostname and parts.port != 0:
            return parts
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error
    raise ImproperlyConfigured(f"{name} names no host: {value!r}.")


def site_url(default: str) -> str:
    """The public address without a slash at its end; ImproperlyConfigured unless it is http(s)://host[:port]."""
    address = text("SITE_URL", default).rstrip("/").lower()
    parts = _address("SITE_URL", address)
    if (
        parts.scheme not in {"http", "https"}
        or address != f"{parts.scheme}://{parts.netloc}"
        or parts.username
    ):
        raise ImproperlyConfigured(f"SITE_URL must look like https://paper.example, not {address!r}.")
    return address


def web_address(name: str) -> str:
    """An http or https address as it is, or nothing; ImproperlyConfigured for any other."""
    address = text(name)
    if address and _address(name, address).scheme not in {"http", "https"}:
        raise ImproperlyConfigured(f"{name} must begin with http:// or https://.")
    return address


def networks(name: str) -> list[Network]:
    """A list of addresses and networks; ImproperlyConfigured names the one that is neither."""
    found: list[Network] = []
    for word in words(name):
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}: {word!r} is neither an address nor a network.") from error
    return found


class Mail(NamedTuple):
    """Where outgoing mail goes; the defaults are Django's own."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    tls: bool = False


def mail(name: str) -> Mail | None:
    """smtp://, smtp+tls:// or smtps://user:password@host:port in its parts; None while the variable is empty.

    User and password may be percent-encoded, and must be where they hold one of @ : / %.
    """
    address = text(name)
    if not address:
        return None
    parts = _address(name, address)
    if parts.scheme not in MAIL_PORTS:
        raise ImproperlyConfigured(f"{name} must begin with smtp://, smtp+tls:// or smtps://.")
    return Mail(
        host=parts.hostname or "",
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=parts.scheme == "smtps",
        tls=parts.scheme == "smtp+tls",
    )


def login_providers() -> dict[str, dict[str, Any]]:
    """allauth's SOCIALACCOUNT_PROVIDERS for every provider whose variable holds client_id:secret."""
    providers = {}
    for name in PROVIDERS:
        variable = f"{name.upper()}_LOGIN"
        identity, _colon, secret = text(variable).partition(":")
        if identity:
            app = {"client_id": identity.strip(), "secret": secret.strip(), "key": ""}
            providers[name] = {"APPS": [app], "OAUTH_PKCE_ENABLED": name == "google"}
        elif secret:
            raise ImproperlyConfigured(f"{variable} must look like client_id:secret.")
    return providers


def embed_providers() -> list[str]:
    """EMBEDS: names of providers in the table's order, all of them while it is empty, none for `none`."""
    named = words("EMBEDS")
    if named == ["none"]:
        return []
    if unknown := sorted(set(named) - set(embeds.PROVIDERS)):
        raise ImproperlyConfigured(
            f"EMBEDS: {unknown[0]!r} is no provider. Known: {', '.join(embeds.PROVIDERS)}; none for none."
        )
    return [name for name in embeds.PROVIDERS if not named or name in named]


def kakao_share_key() -> str:
    """KAKAO_SHARE_KEY: the JavaScript key of Kakao's console, 32 hexadecimal digits, or empty."""
    key = text("KAKAO_SHARE_KEY")
    if key and not re.fullmatch(r"[0-9a-f]{32}", key):
        raise ImproperlyConfigured(
            "KAKAO_SHARE_KEY must be the JavaScript key: 32 digits and letters a to f."
        )
    return key


def card_font() -> str:
    """CARD_FONT: a font file, `none` for no drawn cards, or "" for one found on the machine."""
    font = text("CARD_FONT")
    if font and font != "none" and not Path(font).is_file():
        raise ImproperlyConfigured(f"CARD_FONT: there is no file {font!r}; none draws no cards.")
    return font


def secret_key(*, debug: bool, demo: bool, kept_in: Path) -> str:
    """SECRET_KEY; made once and kept outside git for a demo or a developer, demanded in production."""
    key = text("SECRET_KEY")
    if debug or demo:
        return key or _kept_secret(kept_in)
    if len(key) < SECRET_MIN_LENGTH or key.startswith(DEMO_SECRET_PREFIX):
        raise ImproperlyConfigured(
            f"SECRET_KEY is missing, a demo's, or shorter than {SECRET_MIN_LENGTH} characters. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key


def _kept_secret(path: Path) -> str:
    """The secret in the file, which is made once, readable for its owner only.

    It comes under its name complete: of two processes that start at once, both get the same one.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(DEMO_SECRET_PREFIX + secrets.token_urlsafe(50))
            with suppress(FileExistsError):  # the other process was faster; its secret counts
                path.hardlink_to(draft)
        finally:
            Path(draft).unlink()
    return path.read_text().strip()
