"""What the environment says, read once by settings.py. Every variable stands in the README's table."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DEMO_SECRET_PREFIX = "demo-"
# Shorter keys are refused, as Django's own deploy check does.
SECRET_MIN_LENGTH = 50


def flag(name: str) -> bool:
    """True for 1, true, yes, on; anything else, or nothing, is False."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """A comma separated variable as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def text(name: str, default: str = "") -> str:
    """A variable, or the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def site_url(default: str) -> str:
    """The public address without a slash at its end; ImproperlyConfigured unless it is http(s)://host."""
    address = text("SITE_URL", default).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"SITE_URL must look like https://paper.example, not {address!r}.")
    return address


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
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = DEMO_SECRET_PREFIX + secrets.token_urlsafe(50)
        file.write(key)
    return key
