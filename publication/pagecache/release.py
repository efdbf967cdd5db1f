"""A kept page also stands on the code that made it: pages of another release are not looked at."""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

# Folders and endings of what makes a page; the static manifest says which files the pages link to.
SOURCES = ("publication", "accounts", "articles", "comments", "newsroom", "templates", "static", "locale")
ENDINGS = frozenset({".py", ".html", ".mo", ".css", ".js", ".svg", ".xml"})
# Settings of the environment that stand in pages or their headers.
SETTINGS = (
    "SITE_URL",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "EMBEDS",
    "KAKAO_SHARE_KEY",
    "COMMENTS",
    "CONTENT_SECURITY_POLICY",
    "PAGE_CONTENT_SECURITY_POLICY",
    "SECURE_HSTS_SECONDS",
)


@cache
def release() -> str:
    """Twelve letters; the same on every machine with the same files, packages and settings.

    Read once, in some 20 ms.
    """
    found = hashlib.sha256()
    for package in packages(sys.path):
        found.update(f"{package}\n".encode())
    for name in SETTINGS:
        found.update(f"{name}={getattr(settings, name, None)!r}\n".encode())
    for path in _files(Path(settings.BASE_DIR)):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def packages(folders: Iterable[str]) -> list[str]:
    """Name and version of what is installed there: a new Django or nh3 may write a page in another way.

    From the names of the folders alone; reading what stands in them would cost more than all our own files.
    """
    found = {sys.version}
    for folder in folders:
        try:
            found.update(path.name for path in Path(folder).iterdir() if path.suffix == ".dist-info")
        except OSError:
            # A path that does not exist, or an archive.
            continue
    return sorted(found)


def _files(root: Path) -> list[Path]:
    return sorted(
        path
        for folder in SOURCES
        for path in (root / folder).rglob("*")
        if path.suffix in ENDINGS and path.is_file()
    )
