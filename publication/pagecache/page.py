"""One kept page: its bytes, compressed once, and what it was made from."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from datetime import datetime

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from publication.standing import Standing

# Of nine; with the fifth the reference article (`make judge`) would not keep within its 12 KiB.
GZIP_LEVEL = 6
# Of eleven; the higher ones cost more than the page itself.
BROTLI_QUALITY = 5
# Set anew for every answer, or meant for one hop only.
NOT_KEPT = frozenset({"etag", "content-length", "content-encoding", "vary", "date", "connection"})
# Longest Surrogate-Key header in bytes: what common caches take.
SURROGATE_KEYS_MAX = 8000


@dataclass(eq=False)
class Page:
    """An answer as everybody gets it. `numbers`: version key -> number; `until`: Unix time, None for no end."""

    status: int
    headers: dict[str, str]
    gzipped: bytes
    etag: str
    numbers: dict[str, int]
    until: float | None
    brotlied: bytes | None = field(default=None, repr=False)
    _ready: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, response: HttpResponse, numbers: dict[str, int], end: datetime | None) -> Page:
        headers = {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}
        headers["Surrogate-Key"] = surrogate_keys(numbers)
        until = end.timestamp() if end else None
        return cls.made(
            response.status_code, headers, response.content, numbers, until, response.headers.get("ETag")
        )

    @classmethod
    def made(
        cls,
        status: int,
        headers: dict[str, str],
        content: bytes,
        numbers: dict[str, int],
        until: float | None,
        etag: str | None = None,
    ) -> Page:
        gzipped = gzip.compress(content, GZIP_LEVEL, mtime=0)
        return cls(status, headers, gzipped, etag or etag_of(content), numbers, until)

    @property
    def size(self) -> int:
        """Bytes it takes in memory, roughly, with both compressions."""
        return 2 * len(self.gzipped) + 60 * len(self.numbers) + 1000

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.gzipped)

    def has_ended(self, now: float) -> bool:
        return self.until is not None and now >= self.until

    def encoded(self, accepted: str) -> tuple[bytes, str]:
        """The body in the best encoding that the Accept-Encoding header names, and that encoding's name or ""."""
        accepted = accepted.lower()
        if "br" in accepted and not _refuses(accepted, "br"):
            if self.brotlied is None:
                self.brotlied = brotli.compress(self.content, quality=BROTLI_QUALITY)
            return self.brotlied, "br"
        if "gzip" in accepted and not _refuses(accepted, "gzip"):
            return self.gzipped, "gzip"
        return self.content, ""

    def ready(self, accepted: str) -> tuple[list[tuple[str, str]], bytes]:
        """Headers and body as a WSGI server takes them; put together once for each encoding."""
        body, encoding = self.encoded(accepted)
        headers = self._ready.get(encoding)
        if headers is None:
            found = {
                **self.headers,
                "ETag": self.etag,
                "Vary": "Accept-Encoding",
                "Content-Length": str(len(body)),
            }
            headers = [*found.items(), *([("Content-Encoding", encoding)] if encoding else [])]
            self._ready[encoding] = headers
        return headers, body

    def answer(self, request: HttpRequest) -> HttpResponse:
        """200 (or what the page is), or 304 to a browser that has it."""
        headers, body = self.ready(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        response = HttpResponse(body, status=self.status, headers=dict(headers))
        if self.status == 200 and ("HTTP_IF_NONE_MATCH" in request.META or _has_date(request)):
            modified = self.headers.get("Last-Modified")
            moment = parse_http_date_safe(modified) if modified else None
            found = get_conditional_response(request, self.etag, moment, response)
            if found is not None:
                return found
        return response

    def to_bytes(self) -> bytes:
        """For a shelf: one line of JSON, then the body."""
        head = {
            "status": self.status,
            "headers": self.headers,
            "etag": self.etag,
            "numbers": self.numbers,
            "until": self.until,
        }
        return json.dumps(head).encode() + b"\n" + self.gzipped

    @classmethod
    def from_bytes(cls, stored: bytes) -> Page | None:
        """None for what is no page, or a torn one, whoever put it there."""
        head, _newline, gzipped = stored.partition(b"\n")
        try:
            gzip.decompress(gzipped)
            return cls(**json.loads(head), gzipped=gzipped)
        except (ValueError, TypeError, OSError, EOFError, zlib.error):
            return None


def etag_of(content: bytes) -> str:
    """Weak: one and the same for all encodings."""
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def surrogate_keys(numbers: dict[str, int]) -> str:
    """The page's keys for an edge that purges by key, separated by blanks, as many as fit."""
    keys = " ".join(sorted(key.replace(":", "-") for key in numbers))
    return keys if len(keys) <= SURROGATE_KEYS_MAX else keys[:SURROGATE_KEYS_MAX].rpartition(" ")[0]


def is_keepable(response: HttpResponse) -> bool:
    """A public page that is whole, for everybody, and sets no cookie."""
    return (
        isinstance(getattr(response, "standing", None), Standing)
        and response.status_code in {200, 410}
        and not response.streaming
        and not response.cookies
        and "public" in response.headers.get("Cache-Control", "")
    )


def _has_date(request: HttpRequest) -> bool:
    return "HTTP_IF_MODIFIED_SINCE" in request.META


def _refuses(accepted: str, encoding: str) -> bool:
    """`br;q=0`: a rare client says what it does not take."""
    return any(
        word.replace(" ", "").startswith((f"{encoding};q=0.0", f"{encoding};q=0,"))
        or word.replace(" ", "") in {f"{encoding};q=0"}
        for word in accepted.split(",")
    )
