"""In front of Django: what is fresh in this process's memory is answered before a request object is made.

Only the plainest requests are: GET of an address without a query, by a browser that has nothing of it yet. They
may come through a proxy: one of ours is believed, as the middleware believes it, and told how long it may keep
the page; whatever anybody else writes into forwarded headers is not looked at. Everything else, and every doubt,
is left to the middleware, which knows all the rules.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from publication import proxies
from publication.pagecache.levels import levels
from publication.pagecache.middleware import is_allowed_host
from publication.pagecache.page import Page

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class FrontDoor:
    """A WSGI application around another one."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.is_open = settings.PAGE_CACHE

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # As newsroom.middleware.trusted_proxies: what changes after this second has begun may not stand in it.
        second = int(time.time())
        is_proxied = proxies.is_trusted(environ.get("REMOTE_ADDR", ""))
        page = fresh(environ) if self.is_open and is_plain(environ, is_proxied=is_proxied) else None
        if page is None:
            return self.application(environ, start_response)
        headers, body = page.ready(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if is_proxied:
            headers = [*headers, ("X-Accel-Expires", f"@{second}")]
        start_response("200 OK", headers)
        return [body]


def is_plain(environ: Environ, *, is_proxied: bool = False) -> bool:
    """`is_proxied`: it comes from a proxy of ours."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and "HTTP_IF_NONE_MATCH" not in environ
        and "HTTP_IF_MODIFIED_SINCE" not in environ
        and (not settings.SECURE_SSL_REDIRECT or proxies.scheme(environ, is_proxied=is_proxied) == "https")
        # Any other is written in bytes here, and in letters where pages are kept.
        and environ["PATH_INFO"].isascii()
        and "?" not in environ["PATH_INFO"]
        and is_allowed_host(environ.get("HTTP_HOST", ""))
    )


def fresh(environ: Environ) -> Page | None:
    kept = levels()
    slot = kept.memory.get(environ["PATH_INFO"])
    if slot is None or slot.page.status != 200 or slot.page.has_ended(time.time()):
        return None
    try:
        return slot.page if kept.pulse.holds(slot.mark) else None
    except DatabaseError:
        return None
